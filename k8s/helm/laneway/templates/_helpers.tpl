{{/* What the names of a release's objects begin with: two releases never share one. */}}
{{- define "laneway.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The same for objects of the whole cluster, where releases of two namespaces may have one name. */}}
{{- define "laneway.clustername" -}}
{{- printf "%s-%s" .Release.Namespace (include "laneway.fullname" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "laneway.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{/* The image of gateways and sidecars. */}}
{{- define "laneway.gatewayimage" -}}
{{ .Values.gateway.image.repository }}:{{ .Values.gateway.image.tag | default .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{/* Labels of every object. */}}
{{- define "laneway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What selects the pods of one part: (list . "gateway"). */}}
{{- define "laneway.selector" -}}
app: laneway-{{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end -}}

{{/* metadata of an object: (list . "control" annotations). */}}
{{- define "laneway.meta" -}}
{{- $root := index . 0 -}}
name: {{ include "laneway.fullname" $root }}-{{ index . 1 }}
namespace: {{ $root.Release.Namespace }}
labels:
  app: laneway-{{ index . 1 }}
  {{- if and (eq (index . 1) "gateway") (eq $root.Values.gateway.trust "external") }}
  laneway.io/role: edge
  {{- end }}
  {{- include "laneway.labels" $root | nindent 2 }}
{{- with merge (dict) (index . 2) $root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Where pods of one part run, and with which rights to images: (list . .Values.control). */}}
{{- define "laneway.scheduling" -}}
{{- with (index . 0).Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (index . 1).nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (index . 1).affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (index . 1).tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (index . 1).priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{/* Labels and annotations of a pod: (list . "control" .Values.control annotations). */}}
{{- define "laneway.podmeta" -}}
labels:
  {{- include "laneway.selector" . | nindent 2 }}
  {{- with merge (dict) (index . 2).podLabels (index . 0).Values.commonLabels (ternary (dict "version" "proxy") (dict) (and (eq (index . 1) "gateway") (eq (index . 0).Values.gateway.trust "internal"))) }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (index . 2).podAnnotations (index . 3) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "laneway.locked" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* What the listeners of a gateway have in common: (list . "name" port tls). */}}
{{- define "laneway.listener" -}}
{{- $root := index . 0 -}}
{name: {{ index . 1 }}, address: "0.0.0.0:{{ index . 2 }}", trust: {{ $root.Values.gateway.trust }}, lanes: {{ $root.Values.gateway.lanes }}, unknownHost: refuse{{ if index . 3 }}, tls: {directory: /run/laneway/certificates}{{ end }}}
{{- end -}}

{{/* Annotations of the gateways' Service: which of their ports are for Gateways with addresses of their own. */}}
{{- define "laneway.ownports" -}}
{{- with int .Values.gateway.ownPorts }}
laneway.io/gateway-ports: {{ printf "20000-%d" (add 19999 .) | quote }}
{{- if $.Values.gateway.tls.enabled }}
laneway.io/gateway-tls-ports: {{ printf "21000-%d" (add 20999 .) | quote }}
{{- end }}
{{- end }}
{{- end -}}
