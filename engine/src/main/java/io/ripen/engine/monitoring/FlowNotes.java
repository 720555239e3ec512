package io.ripen.engine.monitoring;

import io.ripen.engine.flows.FlowRegistry;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Notes versions of flows that Zeebe tells of. */
final class FlowNotes {

  private static final Logger LOG = LoggerFactory.getLogger(FlowNotes.class);

  private final FlowRegistry flows;

  FlowNotes(FlowRegistry flows) {
    this.flows = flows;
  }

  void note(Collection<ExportedRecord> records) {
    records.forEach(this::note);
  }

  /** A flow that we cannot make sense of, from Modeler say, must not hold up all others. */
  private void note(ExportedRecord flow) {
    String xml = flow.xml();
    Integer version = flow.version();
    if (xml == null || version == null) {
      return;
    }
    try {
      flows.register(flow.processKey(), flow.processId(), version, xml, flow.at());
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Flow {} version {} cannot be noted", flow.processId(), version, e);
    }
  }
}
