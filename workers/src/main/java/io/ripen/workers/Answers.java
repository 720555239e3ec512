package io.ripen.workers;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Set;

/**
 * Counts what Zeebe is being told of jobs: Camunda's client sends it and does not wait, and cuts it
 * off when it is closed.
 */
final class Answers implements ClientInterceptor {

  private static final Set<String> METHODS = Set.of("CompleteJob", "FailJob", "ThrowError");

  private final JobsInHand jobs;

  Answers(JobsInHand jobs) {
    this.jobs = jobs;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    return METHODS.contains(String.valueOf(method.getBareMethodName())) ? counted(call) : call;
  }

  private <Q, A> ClientCall<Q, A> counted(ClientCall<Q, A> call) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        jobs.tells();
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                try {
                  // Whoever tells it again does so in here.
                  super.onClose(status, trailers);
                } finally {
                  jobs.told();
                }
              }
            },
            headers);
      }
    };
  }
}
