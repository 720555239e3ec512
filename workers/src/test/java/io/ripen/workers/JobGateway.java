package io.ripen.workers;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayImplBase;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** As much of Zeebe as workers see: it pushes jobs, and notes what it is told of them. */
final class JobGateway extends GatewayImplBase implements AutoCloseable {

  private final Server server;
  private final CompletableFuture<StreamObserver<ActivatedJob>> emails = new CompletableFuture<>();
  private final Set<StreamObserver<ActivatedJob>> streams = ConcurrentHashMap.newKeySet();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Status> refusal = new AtomicReference<>();
  private volatile CountDownLatch mayAnswer = new CountDownLatch(0);
  private volatile boolean wasCutOff;

  JobGateway() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Gives an e-mail's job to the worker, once it has asked for such. */
  void push(long key) {
    emails
        .orTimeout(60, TimeUnit.SECONDS)
        .join()
        .onNext(
            ActivatedJob.newBuilder()
                .setKey(key)
                .setType("send-email")
                .setElementInstanceKey(4503)
                .setProcessInstanceKey(4500)
                .setBpmnProcessId("abandoned-cart")
                .setProcessDefinitionVersion(3)
                .setElementId("serviceTask_sendReminder")
                .setCustomHeaders("{\"message\": \"reminder\", \"purpose\": \"marketing\"}")
                .setVariables("{\"leadId\": \"0198f3a1-0000-7000-8000-000000000001\"}")
                .setRetries(3)
                .setDeadline(Instant.now().plusSeconds(300).toEpochMilli())
                .build());
  }

  /** Whether nobody asks for jobs any more. */
  boolean hasNobody() {
    return streams.isEmpty();
  }

  List<String> told() {
    return List.copyOf(told);
  }

  /** Whether somebody hung up before it had our answer. */
  boolean wasCutOff() {
    return wasCutOff;
  }

  void refuseOnce(Status status) {
    refusal.set(status);
  }

  /** What it is told is answered when the latch is down. */
  CountDownLatch holdAnswers() {
    mayAnswer = new CountDownLatch(1);
    return mayAnswer;
  }

  @Override
  public void activateJobs(
      ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> answer) {
    answer.onCompleted();
  }

  @Override
  public void streamActivatedJobs(
      StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> stream) {
    streams.add(stream);
    ((ServerCallStreamObserver<ActivatedJob>) stream)
        .setOnCancelHandler(() -> streams.remove(stream));
    if (request.getType().equals("send-email")) {
      emails.complete(stream);
    }
  }

  @Override
  public void completeJob(CompleteJobRequest request, StreamObserver<CompleteJobResponse> answer) {
    answer("CompleteJob " + request.getJobKey(), CompleteJobResponse.getDefaultInstance(), answer);
  }

  @Override
  public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> answer) {
    answer(
        "ThrowError %d %s".formatted(request.getJobKey(), request.getErrorCode()),
        ThrowErrorResponse.getDefaultInstance(),
        answer);
  }

  private <A> void answer(String what, A word, StreamObserver<A> answer) {
    Status no = refusal.getAndSet(null);
    if (no != null) {
      told.add("refused");
      answer.onError(no.asRuntimeException());
      return;
    }
    ((ServerCallStreamObserver<A>) answer).setOnCancelHandler(() -> wasCutOff = true);
    told.add(what);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                mayAnswer.await();
                answer.onNext(word);
                answer.onCompleted();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Override
  public void close() {
    mayAnswer.countDown();
    server.shutdownNow();
  }
}
