{{- define "ripen.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "ripen.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "ripen.name" . -}}
{{- if contains $name .Release.Name -}}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{- else -}}{{ printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "ripen.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "ripen.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "ripen.selector" -}}
app.kubernetes.io/name: {{ include "ripen.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "ripen.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "ripen.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "ripen.fullname" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end -}}

{{- define "ripen.secret" -}}
{{ .Values.secrets.existingSecret | default (include "ripen.fullname" .) }}
{{- end -}}

{{/* The settings of both roles, as YAML: ours first, then the user's own. */}}
{{- define "ripen.properties" -}}
{{- $v := .Values -}}
{{- $p := dict
  "ripen.public-url" (required "publicUrl is not set (expected: where people's browsers and mail programs reach the engine, such as https://ripen.example.com)" $v.publicUrl)
  "ripen.email.from" (required "email.from is not set (expected: the address that our e-mail comes from)" $v.email.from)
  "spring.mail.host" (required "mail.host is not set (expected: the SMTP server that sends our e-mail)" $v.mail.host)
  "spring.mail.port" $v.mail.port
  "spring.datasource.url" (required "postgresql.url is not set (expected: such as jdbc:postgresql://postgres:5432/ripen)" $v.postgresql.url)
  "spring.datasource.username" $v.postgresql.username
  "spring.kafka.bootstrap-servers" (required "kafka.bootstrapServers is not set (expected: such as kafka-0:9092,kafka-1:9092)" $v.kafka.bootstrapServers)
  "spring.kafka.security.protocol" $v.kafka.securityProtocol
  "camunda.client.grpc-address" (required "camunda.grpcAddress is not set (expected: such as http://zeebe-gateway:26500)" $v.camunda.grpcAddress)
  "camunda.client.rest-address" (required "camunda.restAddress is not set (expected: such as http://zeebe-gateway:8080)" $v.camunda.restAddress)
  "camunda.client.auth.method" $v.camunda.auth.method
-}}
{{- if $v.trustedProxies }}{{ $_ := set $p "ripen.trusted-proxies" (join "," $v.trustedProxies) }}{{ end -}}
{{- range $name, $site := $v.sites -}}
{{- $_ := set $p (printf "ripen.sites.%s.write-key" $name) $site.writeKey -}}
{{- $_ := set $p (printf "ripen.sites.%s.origins" $name) (join "," $site.origins) -}}
{{- with $site.country }}{{ $_ := set $p (printf "ripen.sites.%s.country" $name) . }}{{ end -}}
{{- end -}}
{{- with $v.email.fromName }}{{ $_ := set $p "ripen.email.from-name" . }}{{ end -}}
{{- with $v.email.replyTo }}{{ $_ := set $p "ripen.email.reply-to" . }}{{ end -}}
{{- if eq $v.mail.encryption "starttls" }}{{ $_ := set $p "spring.mail.properties.mail.smtp.starttls.required" true }}{{ end -}}
{{- if eq $v.mail.encryption "none" }}{{ $_ := set $p "spring.mail.properties.mail.smtp.starttls.enable" false }}{{ end -}}
{{- if eq $v.mail.encryption "tls" }}{{ $_ := set $p "spring.mail.ssl.enabled" true }}{{ end -}}
{{- with $v.mail.username }}{{ $_ := set $p "spring.mail.username" . }}{{ end -}}
{{- with $v.kafka.saslMechanism }}{{ $_ := set $p "spring.kafka.properties.sasl.mechanism" . }}{{ end -}}
{{- with $v.camunda.ca.existingSecret }}{{ $_ := set $p "camunda.client.ca-certificate-path" (printf "/run/camunda-ca/%s" $v.camunda.ca.key) }}{{ end -}}
{{- if eq $v.camunda.auth.method "basic" -}}
{{- $_ := set $p "camunda.client.auth.username" (required "camunda.auth.username is not set (expected with method basic)" $v.camunda.auth.username) -}}
{{- else if eq $v.camunda.auth.method "oidc" -}}
{{- $_ := set $p "camunda.client.auth.client-id" (required "camunda.auth.clientId is not set (expected with method oidc)" $v.camunda.auth.clientId) -}}
{{- $_ := set $p "camunda.client.auth.token-url" (required "camunda.auth.tokenUrl is not set (expected with method oidc)" $v.camunda.auth.tokenUrl) -}}
{{- $_ := set $p "camunda.client.auth.credentials-cache-path" "/tmp/camunda-credentials" -}}
{{- with $v.camunda.auth.audience }}{{ $_ := set $p "camunda.client.auth.audience" . }}{{ end -}}
{{- with $v.camunda.auth.scope }}{{ $_ := set $p "camunda.client.auth.scope" . }}{{ end -}}
{{- end -}}
{{- with $v.camunda.tenantId -}}
{{- $_ := set $p "camunda.client.tenant-id" . -}}
{{- $_ := set $p "camunda.client.worker.defaults.tenant-ids" . -}}
{{- end -}}
{{- toYaml (mergeOverwrite $p (deepCopy $v.properties)) -}}
{{- end -}}

{{/* Refuses what the schema cannot. */}}
{{- define "ripen.check" -}}
{{- $s := .Values.secrets -}}
{{- if and $s.existingSecret $s.values -}}
{{- fail "secrets: both existingSecret and values are set (expected: one of them)" -}}
{{- end -}}
{{- if not (or $s.existingSecret $s.values) -}}
{{- fail "secrets: neither existingSecret nor values is set (expected: one of them, with spring.datasource.password, ripen.signing-key and ripen.console.password)" -}}
{{- end -}}
{{- if $s.values -}}
{{- $needed := list "spring.datasource.password" "ripen.signing-key" "ripen.console.password" -}}
{{- if .Values.serviceMonitor.enabled }}{{ $needed = append $needed "ripen.metrics.password" }}{{ end -}}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}{{ $needed = append $needed "spring.kafka.properties.sasl.jaas.config" }}{{ end -}}
{{- if eq .Values.camunda.auth.method "oidc" }}{{ $needed = append $needed "camunda.client.auth.client-secret" }}{{ end -}}
{{- if eq .Values.camunda.auth.method "basic" }}{{ $needed = append $needed "camunda.client.auth.password" }}{{ end -}}
{{- if .Values.mail.username }}{{ $needed = append $needed "spring.mail.password" }}{{ end -}}
{{- range $needed -}}
{{- if not (index $s.values .) }}{{ fail (printf "secrets.values has no %s (expected with these values)" .) }}{{ end -}}
{{- end -}}
{{- if lt (len (index $s.values "ripen.signing-key")) 32 -}}
{{- fail "secrets.values: ripen.signing-key is too short (expected: 32 secret characters or more)" -}}
{{- end -}}
{{- end -}}
{{- if and (hasPrefix "SASL" .Values.kafka.securityProtocol) (not .Values.kafka.saslMechanism) -}}
{{- fail (printf "kafka.saslMechanism is not set (expected with %s, such as SCRAM-SHA-512)" .Values.kafka.securityProtocol) -}}
{{- end -}}
{{- if lt (int .Values.terminationGracePeriod) (add 75 .Values.waitBeforeEnd) -}}
{{- fail (printf "terminationGracePeriod: %d (expected: 75 seconds longer than waitBeforeEnd, or work under way is cut off)" (int .Values.terminationGracePeriod)) -}}
{{- end -}}
{{- range $role := list "engine" "workers" -}}
{{- with (index $.Values $role).autoscaling -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "%s.autoscaling: minReplicas %d is more than maxReplicas %d" $role (int .minReplicas) (int .maxReplicas)) -}}
{{- end -}}
{{- if and .enabled (not (or .cpu (get . "eventsLag") (get . "jobBacklog"))) -}}
{{- fail (printf "%s.autoscaling: it has nothing to go by (expected: cpu or %s above 0)" $role (ternary "eventsLag" "jobBacklog" (eq $role "engine"))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The pods of one role: (dict "root" $ "role" "engine"). */}}
{{- define "ripen.deployment" -}}
{{- $ := .root -}}
{{- $role := .role -}}
{{- $v := index $.Values $role -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "ripen.fullname" $ }}-{{ $role }}
  labels:
    {{- include "ripen.labels" $ | nindent 4 }}
    app.kubernetes.io/component: {{ $role }}
spec:
  {{- if not $v.autoscaling.enabled }}
  replicas: {{ $v.replicas }}
  {{- end }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  selector:
    matchLabels:
      {{- include "ripen.selector" $ | nindent 6 }}
      app.kubernetes.io/component: {{ $role }}
  template:
    metadata:
      labels:
        {{- include "ripen.labels" $ | nindent 8 }}
        app.kubernetes.io/component: {{ $role }}
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/configmap.yaml") $ | sha256sum }}
        {{- if not $.Values.secrets.existingSecret }}
        checksum/secret: {{ toYaml $.Values.secrets.values | sha256sum }}
        {{- end }}
        {{- with $v.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "ripen.serviceAccount" $ }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with $.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      terminationGracePeriodSeconds: {{ $.Values.terminationGracePeriod }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: {{ $role }}
          image: {{ include "ripen.image" $ | quote }}
          imagePullPolicy: {{ $.Values.image.pullPolicy }}
          args: [server, {{ $role }}]
          env:
            - name: JAVA_TOOL_OPTIONS
              value: {{ $.Values.javaOptions | quote }}
            - name: SERVER_ADDRESS
              value: 0.0.0.0
            - name: SPRING_CONFIG_ADDITIONALLOCATION
              value: file:/etc/ripen/
            - name: SPRING_CONFIG_IMPORT
              value: optional:configtree:/run/secrets/ripen/
            {{- with $.Values.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - name: http
              containerPort: 8090
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          # The first start makes the database's tables and waits for Zeebe.
          startupProbe:
            httpGet: {path: /actuator/health/liveness, port: http}
            periodSeconds: 5
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: /actuator/health/liveness, port: http}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: /actuator/health/readiness, port: http}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 3
          lifecycle:
            preStop:
              sleep:
                seconds: {{ $.Values.waitBeforeEnd }}
          resources:
            {{- toYaml $v.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            - name: config
              mountPath: /etc/ripen
              readOnly: true
            - name: secrets
              mountPath: /run/secrets/ripen
              readOnly: true
            {{- if $.Values.camunda.ca.existingSecret }}
            - name: camunda-ca
              mountPath: /run/camunda-ca
              readOnly: true
            {{- end }}
            {{- if $.Values.flowsVolume }}
            - name: flows
              mountPath: /opt/ripen/bpmn
              readOnly: true
            {{- end }}
            {{- with $.Values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi
        - name: config
          configMap:
            name: {{ include "ripen.fullname" $ }}
        - name: secrets
          secret:
            secretName: {{ include "ripen.secret" $ }}
            defaultMode: 0440
        {{- with $.Values.camunda.ca }}
        {{- if .existingSecret }}
        - name: camunda-ca
          secret:
            secretName: {{ .existingSecret }}
            defaultMode: 0444
            items:
              - key: {{ .key }}
                path: {{ .key }}
        {{- end }}
        {{- end }}
        {{- with $.Values.flowsVolume }}
        - name: flows
          {{- toYaml . | nindent 10 }}
        {{- end }}
        {{- with $.Values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $v.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $v.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $v.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        {{- if $v.topologySpreadConstraints }}
        {{- toYaml $v.topologySpreadConstraints | nindent 8 }}
        {{- else }}
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "ripen.selector" $ | nindent 14 }}
              app.kubernetes.io/component: {{ $role }}
        {{- end }}
{{- end -}}

{{/*
Where a role may go, as JSON: networkPolicy.egressPorts, and what its settings name besides.
(dict "root" $ "role" "engine")
*/}}
{{- define "ripen.egressPorts" -}}
{{- $v := .root.Values -}}
{{- $p := merge (dict) (index $v .role).properties $v.properties -}}
{{- $ports := append $v.networkPolicy.egressPorts (get $p "spring.mail.port" | default $v.mail.port) -}}
{{- $c := $v.camunda -}}
{{- range list $v.postgresql.url $v.kafka.bootstrapServers $c.grpcAddress $c.restAddress $c.auth.tokenUrl -}}
{{- range regexFindAll ":[0-9]+([/,?]|$)" . -1 }}{{ $ports = append $ports (regexFind "[0-9]+" .) }}{{ end -}}
{{- end -}}
{{- if and (eq .role "engine") (get $p "ripen.email.inbox.host") -}}
{{- $tls := eq (get $p "ripen.email.inbox.encryption" | default "tls" | lower) "tls" -}}
{{- $ports = append $ports (get $p "ripen.email.inbox.port" | default (ternary 993 143 $tls)) -}}
{{- end -}}
{{- $options := list $v.javaOptions -}}
{{- range $v.extraEnv }}{{ $options = append $options (printf "%s=%v" .name .value) }}{{ end -}}
{{- range regexFindAll "(?i)otel[._]exporter[._]otlp[._]([a-z]+[._])?endpoint=[a-z]+://[^/ ]+:[0-9]+" (join " " $options) -1 -}}
{{- $ports = append $ports (regexFind "[0-9]+$" .) -}}
{{- end -}}
{{- $numbers := list -}}
{{- range $ports }}{{ $numbers = append $numbers (int .) }}{{ end -}}
{{- toJson (uniq $numbers) -}}
{{- end -}}

{{/* How many of one role: (dict "root" $ "role" … "metric" … "types" … "each" …). */}}
{{- define "ripen.autoscaler" -}}
{{- $ := .root -}}
{{- $scale := (index $.Values .role).autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "ripen.fullname" $ }}-{{ .role }}
  labels:
    {{- include "ripen.labels" $ | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "ripen.fullname" $ }}-{{ .role }}
  minReplicas: {{ $scale.minReplicas }}
  maxReplicas: {{ $scale.maxReplicas }}
  metrics:
    {{- if $scale.cpu }}
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $scale.cpu }}
    {{- end }}
    {{- if .each }}
    - type: External
      external:
        metric:
          name: {{ .metric }}
          {{- with .types }}
          selector:
            matchExpressions:
              - {key: type, operator: In, values: {{ toJson . }}}
          {{- end }}
        target:
          type: AverageValue
          averageValue: {{ .each | quote }}
    {{- end }}
  behavior:
    scaleDown:
      # A pod that ends gives its partitions and jobs to others, which is not for nothing.
      stabilizationWindowSeconds: 600
      policies:
        - type: Pods
          value: 1
          periodSeconds: 120
    scaleUp:
      stabilizationWindowSeconds: 60
      policies:
        - type: Pods
          value: 2
          periodSeconds: 60
{{- end -}}
