package io.ripen.engine.testing;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notes what comes in over gRPC, and answers each call with an empty message, or as a test says.
 */
public final class FakeGateway implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("Authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Call, Status>> answers = new ConcurrentHashMap<>();
  private final Map<String, byte[]> replies = new ConcurrentHashMap<>();
  private final Server server;

  /** {@code method} is the name without its service. */
  public record Call(String method, @Nullable String authorization, byte[] request) {}

  public FakeGateway() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .fallbackHandlerRegistry(new Anything())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** What came in by that name. */
  public List<Call> calls(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).toList();
  }

  /** How calls by that name end from now on. */
  public void answer(String method, Function<Call, Status> answer) {
    answers.put(method, answer);
  }

  /** What calls by that name that end well are answered with from now on. */
  public void reply(String method, byte[] message) {
    replies.put(method, message);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Anything extends HandlerRegistry {

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      String method = name.substring(name.indexOf('/') + 1);
      return ServerMethodDefinition.create(
          MethodDescriptor.newBuilder(new Bytes(), new Bytes())
              .setFullMethodName(name)
              .setType(MethodType.SERVER_STREAMING)
              .build(),
          new Note(method));
    }
  }

  private final class Note implements ServerCallHandler<byte[], byte[]> {

    private final String method;

    Note(String method) {
      this.method = method;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(
        ServerCall<byte[], byte[]> call, Metadata headers) {
      call.request(2);
      return new ServerCall.Listener<>() {
        private Status end = Status.OK;

        @Override
        public void onMessage(byte[] message) {
          var noted = new Call(method, headers.get(AUTHORIZATION), message);
          end = answers.getOrDefault(method, any -> Status.OK).apply(noted);
          calls.add(noted);
        }

        @Override
        public void onHalfClose() {
          // A stream of jobs stays open.
          if (!end.isOk()) {
            call.close(end, new Metadata());
          } else if (!method.equals("StreamActivatedJobs")) {
            call.sendHeaders(new Metadata());
            if (!method.equals("ActivateJobs")) {
              call.sendMessage(replies.getOrDefault(method, new byte[0]));
            }
            call.close(Status.OK, new Metadata());
          }
        }
      };
    }
  }

  private static final class Bytes implements Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
