package io.ripen.app.local;

/** What the local server can run beside itself; each is left out when its address is given. */
public enum Part {
  POSTGRES("PostgreSQL", "spring.datasource.url"),
  KAFKA("Kafka", "spring.kafka.bootstrap-servers"),
  ZEEBE("Zeebe", "camunda.client.grpc-address");

  private final String title;
  private final String addressProperty;

  Part(String title, String addressProperty) {
    this.title = title;
    this.addressProperty = addressProperty;
  }

  public String title() {
    return title;
  }

  /** Its folder, log and pid file are called so. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Who sets this property has one running elsewhere. */
  public String addressProperty() {
    return addressProperty;
  }
}
