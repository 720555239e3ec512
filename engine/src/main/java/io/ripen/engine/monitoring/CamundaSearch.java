package io.ripen.engine.monitoring;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.filter.builder.DateTimeProperty;
import io.camunda.client.api.search.page.AnyPage;
import io.camunda.client.api.search.request.FinalSearchRequestStep;
import io.camunda.client.api.search.response.SearchResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks Camunda's orchestration cluster API (8.8 or newer) page by page, of the client's tenant
 * only. All throw what the client throws where Camunda does not answer.
 */
final class CamundaSearch {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int NOT_FOUND = 404;
  private static final String LEAD_ID = "leadId";

  private final CamundaClient client;
  private final String tenant;
  private final int size;

  CamundaSearch(CamundaClient client, int size) {
    this.client = client;
    this.tenant = client.getConfiguration().getDefaultTenantId();
    this.size = size;
  }

  /** Instances that run, by when they started. */
  SearchPage startedInstances(@Nullable Instant from, @Nullable String cursor) {
    return page(
        client
            .newProcessInstanceSearchRequest()
            .filter(
                f -> {
                  f.tenantId(tenant).state(ProcessInstanceState.ACTIVE);
                  since(from, f::startDate);
                })
            .sort(s -> s.startDate().asc())
            .page(at(cursor)),
        found -> SearchRecords.of(found, found.getStartDate()));
  }

  /** Instances that run, by their keys. */
  SearchPage runningInstances(@Nullable String cursor) {
    return page(
        client
            .newProcessInstanceSearchRequest()
            .filter(f -> f.tenantId(tenant).state(ProcessInstanceState.ACTIVE))
            .sort(s -> s.processInstanceKey().asc())
            .page(at(cursor)),
        found -> SearchRecords.of(found, found.getStartDate()));
  }

  /** Instances that have ended, by when they did. */
  SearchPage endedInstances(@Nullable Instant from, @Nullable String cursor) {
    return page(
        client
            .newProcessInstanceSearchRequest()
            .filter(
                f -> {
                  f.tenantId(tenant)
                      .state(
                          s ->
                              s.in(
                                  ProcessInstanceState.COMPLETED, ProcessInstanceState.TERMINATED));
                  since(from, f::endDate);
                })
            .sort(s -> s.endDate().asc())
            .page(at(cursor)),
        found -> SearchRecords.of(found, found.getEndDate()));
  }

  /** Elements that are active, by when they became so. */
  SearchPage startedElements(@Nullable Instant from, @Nullable String cursor) {
    return page(
            client
                .newElementInstanceSearchRequest()
                .filter(
                    f -> {
                      f.tenantId(tenant).state(ElementInstanceState.ACTIVE);
                      since(from, f::startDate);
                    })
                .sort(s -> s.startDate().asc())
                .page(at(cursor)),
            found -> SearchRecords.of(found, found.getStartDate()))
        .withoutInstances();
  }

  /** Elements that are active, by their keys. */
  SearchPage activeElements(@Nullable String cursor) {
    return page(
            client
                .newElementInstanceSearchRequest()
                .filter(f -> f.tenantId(tenant).state(ElementInstanceState.ACTIVE))
                .sort(s -> s.elementInstanceKey().asc())
                .page(at(cursor)),
            found -> SearchRecords.of(found, found.getStartDate()))
        .withoutInstances();
  }

  /** Elements that were left or ended, by when. */
  SearchPage endedElements(@Nullable Instant from, @Nullable String cursor) {
    return page(
            client
                .newElementInstanceSearchRequest()
                .filter(
                    f -> {
                      f.tenantId(tenant)
                          .state(
                              s ->
                                  s.in(
                                      ElementInstanceState.COMPLETED,
                                      ElementInstanceState.TERMINATED));
                      since(from, f::endDate);
                    })
                .sort(s -> s.endDate().asc())
                .page(at(cursor)),
            found -> SearchRecords.of(found, found.getEndDate()))
        .withoutInstances();
  }

  /** Incidents that nobody has resolved, by their keys. */
  SearchPage openIncidents(@Nullable String cursor) {
    return page(
        client
            .newIncidentSearchRequest()
            .filter(
                f ->
                    f.tenantId(tenant)
                        .state(
                            s ->
                                s.in(
                                    IncidentState.ACTIVE,
                                    IncidentState.PENDING,
                                    IncidentState.MIGRATED)))
            .sort(s -> s.incidentKey().asc())
            .page(at(cursor)),
        SearchRecords::of);
  }

  /** Tasks that wait for somebody, by when they came up. */
  SearchPage openTasks(@Nullable String cursor) {
    return page(
        client
            .newUserTaskSearchRequest()
            .filter(
                f ->
                    f.tenantId(tenant)
                        .state(
                            s ->
                                s.in(
                                    UserTaskState.CREATED,
                                    UserTaskState.ASSIGNING,
                                    UserTaskState.UPDATING,
                                    UserTaskState.COMPLETING,
                                    UserTaskState.CANCELING)))
            .sort(s -> s.creationDate().asc())
            .page(at(cursor)),
        found -> SearchRecords.of(found, found.getCreationDate()));
  }

  /** Tasks that are done or were taken away, by when. */
  SearchPage endedTasks(@Nullable Instant from, @Nullable String cursor) {
    return page(
        client
            .newUserTaskSearchRequest()
            .filter(
                f -> {
                  f.tenantId(tenant)
                      .state(s -> s.in(UserTaskState.COMPLETED, UserTaskState.CANCELED));
                  since(from, f::completionDate);
                })
            .sort(s -> s.completionDate().asc())
            .page(at(cursor)),
        found -> SearchRecords.of(found, found.getCompletionDate()));
  }

  /** One task, whatever became of it; empty where Camunda knows it no more. */
  Optional<ExportedRecord> task(long key) {
    return answer(
            client
                .newUserTaskSearchRequest()
                .filter(f -> f.tenantId(tenant).userTaskKey(key))
                .page(p -> p.limit(1)))
        .items()
        .stream()
        .map(
            found ->
                SearchRecords.of(
                    found,
                    found.getCompletionDate() == null
                        ? found.getCreationDate()
                        : found.getCompletionDate()))
        .findFirst();
  }

  /** Versions of flows by their keys, without their BPMN. */
  SearchPage flows(@Nullable String cursor, Instant now) {
    return page(
        client
            .newProcessDefinitionSearchRequest()
            .filter(f -> f.tenantId(tenant))
            .sort(s -> s.processDefinitionKey().asc())
            .page(at(cursor)),
        found -> SearchRecords.of(found, null, now));
  }

  /** The BPMN; empty where Camunda's search does not have it yet. */
  Optional<String> xml(long processKey) {
    try {
      return Optional.ofNullable(
              client
                  .newProcessDefinitionGetXmlRequest(processKey)
                  .requestTimeout(TIMEOUT)
                  .send()
                  .join())
          .filter(xml -> !xml.isBlank());
    } catch (ClientHttpException e) {
      if (e.code() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whom these instances are about, as far as they are about a lead. */
  List<ExportedRecord> leads(Collection<Long> instances) {
    if (instances.isEmpty()) {
      return List.of();
    }
    return answer(
            client
                .newVariableSearchRequest()
                .filter(
                    f ->
                        f.tenantId(tenant)
                            .name(LEAD_ID)
                            .scopeKey(s -> s.in(List.copyOf(instances))))
                .page(p -> p.limit(instances.size())))
        .items()
        .stream()
        .flatMap(found -> SearchRecords.lead(found).stream())
        .toList();
  }

  private <T> SearchPage page(
      FinalSearchRequestStep<T> request, Function<T, ExportedRecord> record) {
    SearchResponse<T> found = answer(request);
    return SearchPage.of(
        found.items().stream().map(record).toList(),
        isFull(found) ? found.page().endCursor() : null);
  }

  /** Or fuller than Camunda lets a page be. */
  private <T> boolean isFull(SearchResponse<T> found) {
    int items = found.items().size();
    return items >= size || (items > 0 && items < Math.min(size, found.page().totalItems()));
  }

  private static <T> SearchResponse<T> answer(FinalSearchRequestStep<T> request) {
    return request.requestTimeout(TIMEOUT).send().join();
  }

  private Consumer<AnyPage> at(@Nullable String cursor) {
    return page -> {
      var sized = page.limit(size);
      if (cursor != null) {
        var unused = sized.after(cursor);
      }
    };
  }

  private static void since(@Nullable Instant from, Consumer<Consumer<DateTimeProperty>> filter) {
    if (from != null) {
      filter.accept(date -> date.gte(from.atOffset(ZoneOffset.UTC)));
    }
  }
}
