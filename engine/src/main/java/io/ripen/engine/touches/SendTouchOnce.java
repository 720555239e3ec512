package io.ripen.engine.touches;

import io.ripen.channels.SendResult;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.touches.Admission.Admitted;
import io.ripen.engine.touches.PointOfNoReturn.TakenBack;
import io.ripen.engine.touches.TouchOutcome.Broken;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Claims the touch in the ledger before anything leaves, and passes the point of no return under
 * the claim.
 */
@Component
@Profile("workers")
final class SendTouchOnce implements SendTouch {

  private final Route route;
  private final FirstClaim firstClaim;
  private final Admission admission;
  private final LastLook lastLook;
  private final Settlement settlement;
  private final Inquiry inquiry;

  SendTouchOnce(
      Route route,
      FirstClaim firstClaim,
      Admission admission,
      LastLook lastLook,
      Settlement settlement,
      Inquiry inquiry) {
    this.route = route;
    this.firstClaim = firstClaim;
    this.admission = admission;
    this.lastLook = lastLook;
    this.settlement = settlement;
    this.inquiry = inquiry;
  }

  @Override
  public TouchOutcome send(Touch touch) {
    Way way = route.of(touch);
    Optional<Admitted.Go> first = firstClaim.claim(touch, way);
    return go(touch, way, first.isPresent() ? first.get() : admission.admit(touch, way));
  }

  private TouchOutcome go(Touch touch, Way way, Admitted admitted) {
    return switch (admitted) {
      case Admitted.Stop stop -> stop.outcome();
      case Admitted.Go go -> send(touch, go.claim(), go.facts());
      case Admitted.Ask ask ->
          inquiry
              .ask(touch, ask.medium(), ask.handOver())
              .orElseGet(() -> go(touch, way, admission.admitUncertain(touch, way)));
    };
  }

  private TouchOutcome send(Touch touch, Claim claim, Facts facts) {
    var handOver = new PointOfNoReturn(() -> lastLook.handOver(touch, claim));
    SendResult result;
    Sender.Ready ready;
    try {
      ready = route.prepare(touch, facts, claim);
      result = ready.send().apply(handOver);
    } catch (ContentProblem e) {
      String problem = String.valueOf(e.getMessage());
      settlement.release(claim, TouchCodes.BROKEN, problem);
      return new Broken(problem);
    } catch (TakenBack e) {
      settlement.release(
          claim, TouchCodes.TAKEN_BACK, "It was taken back before it was handed over.");
      return e.outcome();
    } catch (RuntimeException e) {
      if (!handOver.isPassed()) {
        settlement.release(claim, TouchCodes.FAILED, e.getClass().getSimpleName());
      }
      throw e;
    }
    return settlement.settle(claim, new Settlement.Handed(ready, touch.isAwaited()), result);
  }
}
