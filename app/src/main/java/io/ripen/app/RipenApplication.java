package io.ripen.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Boot application; the active profiles are its roles. */
@SpringBootApplication(scanBasePackages = "io.ripen")
@ConfigurationPropertiesScan("io.ripen")
public class RipenApplication {}
