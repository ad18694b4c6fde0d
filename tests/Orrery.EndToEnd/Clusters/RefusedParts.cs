using static Orrery.EndToEnd.Clusters.ClusterRefusal;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Resources, services, probes and schedules that a create is refused for.</summary>
public static class RefusedParts
{
    private const string Deployment = "\"groupVersionKind\":{\"kind\":\"Deployment\"}";

    public static readonly ClusterRefusal[] Resources =
    [
        Create("\"resource\":{\"replica\":0}", "resource.replica", "specifiedNodes"),
        Create("\"resource\":{\"replica\":-1}", "resource.replica", "from 1"),
        Create("\"resource\":{\"replica\":10001}", "resource.replica", "10000"),
        Create("\"resource\":{\"replica\":\"2\"}", "resource.replica", "whole number"),
        Create("\"resource\":{\"cpu\":\"\"}", "resource.cpu", "required"),
        Create("\"resource\":{\"cpu\":null}", "resource.cpu", "required"),
        Create("\"resource\":{\"cpu\":4}", "resource.cpu", "string"),
        Create("\"resource\":{\"cpu\":\"abc\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"-1\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"0\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"1e400\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"1,5\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\" 1\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"1 \"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"0x10\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"NaN\"}", "resource.cpu", "500m"),
        Create("\"resource\":{\"cpu\":\"1e3\"}", "resource.cpu", "64"),
        Create("\"resource\":{\"cpu\":\"65\"}", "resource.cpu", "most that a node has"),
        Create("\"resource\":{\"memory\":\"64mi\"}", "resource.memory", "128Gi"),
        Create("\"resource\":{\"memory\":\"64MiB\"}", "resource.memory", "128Gi"),
        Create("\"resource\":{\"memory\":\"1\"}", "resource.memory", "at least 1Mi"),
        Create("\"resource\":{\"memory\":\"Gi\"}", "resource.memory", "128Gi"),
        Create("\"resource\":{\"memory\":\"-1Gi\"}", "resource.memory", "128Gi"),
        Create("\"resource\":{\"memory\":\"9999999Ei\"}", "resource.memory", "128Gi"),
        Create("\"resource\":{\"memory\":\"1Ei\"}", "resource.memory", "most that a node has"),
        Create("\"resource\":{\"memory\":\"257Gi\"}", "resource.memory", "256Gi"),
        Create("\"resource\":{\"gpu\":\"9\"}", "resource.gpu", "most that a node has is 8"),
        Create("\"resource\":{\"gpu\":\"0.5\"}", "resource.gpu", "whole"),
        Create("\"resource\":{\"gpu\":\"-1\"}", "resource.gpu", "whole"),
        Create("\"resource\":{\"gpu\":\"all\"}", "resource.gpu", "whole"),
        Create("\"resource\":{\"gpu\":8}", "resource.gpu", "string"),
        Create("\"resource\":{\"ephemeralStorage\":\"lots\"}", "resource.ephemeralStorage", "50Gi"),
        Create("\"resource\":{\"sharedMemory\":\"65Mi\"}", "resource.sharedMemory", "64Mi"),
        Create("\"resource\":{\"sharedMemory\":\"-1\"}", "resource.sharedMemory", "20Gi"),
        Create("\"resource\":[]", "resource", "object"),
        Create("\"specifiedNodes\":[\"big-2\"],\"resource\":{\"gpu\":\"1\"}", "resource.gpu", "has is 0"),
        Create("\"workspaceId\":\"tiny\",\"resource\":{\"cpu\":\"2\"}", "resource.cpu", "never have more than 1", 422, "QuotaInsufficient"),
        Create("\"workspaceId\":\"tiny\",\"resource\":{\"replica\":11}", "resource.cpu", "11 replicas", 422, "QuotaInsufficient"),
        Create("\"workspaceId\":\"tiny\",\"resource\":{\"memory\":\"2Gi\"}", "resource.memory", "1Gi", 422, "QuotaInsufficient"),
        Create("\"workspaceId\":\"tiny\",\"resource\":{\"gpu\":\"1\"}", "resource.gpu", "0", 422, "QuotaInsufficient"),
        Create("\"workspaceId\":\"tiny\",\"resource\":{\"cpu\":\"2\"},\"maxRetry\":51", "maxRetry"),
        Create("\"groupVersionKind\":{\"kind\":\"Authoring\"},\"resource\":{\"replica\":2}", "resource.replica", "Authoring"),
    ];

    public static readonly ClusterRefusal[] Services =
    [
        Create("\"service\":{\"port\":80}", "service.targetPort", "required"),
        Create("\"service\":{\"targetPort\":65536}", "service.targetPort", "65535"),
        Create("\"service\":{\"targetPort\":-1}", "service.targetPort", "65535"),
        Create("\"service\":{\"targetPort\":\"80\"}", "service.targetPort", "whole number"),
        Create("\"service\":{\"targetPort\":80,\"port\":65536}", "service.port", "65535"),
        Create("\"service\":{\"targetPort\":80,\"port\":-1}", "service.port", "65535"),
        Create("\"service\":{\"targetPort\":80,\"protocol\":\"SCTP\"}", "service.protocol", "UDP"),
        Create("\"service\":{\"targetPort\":80,\"protocol\":\"tcp\"}", "service.protocol", "TCP"),
        Create("\"service\":{\"targetPort\":80,\"serviceType\":\"LoadBalancer\"}", "service.serviceType", "NodePort"),
        Create("\"service\":{\"targetPort\":80,\"nodePort\":30000}", "service.nodePort", "NodePort"),
        Create("\"service\":{\"targetPort\":80,\"serviceType\":\"NodePort\",\"nodePort\":29999}", "service.nodePort", "30000"),
        Create("\"service\":{\"targetPort\":80,\"serviceType\":\"NodePort\",\"nodePort\":32768}", "service.nodePort", "32767"),
        Create("\"service\":{\"targetPort\":80,\"extends\":{\"maxSurge\":\"lots\"}}", "service.extends.maxSurge", "25%"),
        Create("\"service\":{\"targetPort\":80,\"extends\":{\"maxSurge\":\"0\",\"maxUnavailable\":\"0%\"}}", "service.extends.maxUnavailable", "maxSurge is 0"),
        Create("\"service\":{\"targetPort\":80,\"extends\":{\"maxUnavailable\":\"101%\"}}", "service.extends.maxUnavailable", "share"),
        Create("\"service\":{\"targetPort\":80,\"extends\":{\"1A\":\"x\"}}", "service.extends.1A", "named"),
        Create($"\"service\":{{\"targetPort\":80,\"extends\":{ClusterBodies.Map(65)}}}", "service.extends", "64"),
        Create("\"liveness\":{\"path\":\"/\",\"port\":80}", "liveness", "Deployment"),
        Create("\"readiness\":{\"path\":\"/\",\"port\":80}", "readiness", "Deployment"),
        Create("\"groupVersionKind\":{\"kind\":\"Authoring\"},\"liveness\":{\"path\":\"/\",\"port\":80}", "liveness", "Deployment"),
        Create(Deployment + ",\"liveness\":{\"port\":80}", "liveness.path", "/healthz"),
        Create(Deployment + ",\"liveness\":{\"path\":\"healthz\",\"port\":80}", "liveness.path", "/healthz"),
        Create(Deployment + ",\"liveness\":{\"path\":\"/a b\",\"port\":80}", "liveness.path", "/healthz"),
        Create(Deployment + ",\"readiness\":{\"path\":\"/\"}", "readiness.port", "65535"),
        Create(Deployment + ",\"readiness\":{\"path\":\"/\",\"port\":80,\"periodSeconds\":-1}", "readiness.periodSeconds", "3600"),
        Create(Deployment + ",\"readiness\":{\"path\":\"/\",\"port\":80,\"initialDelaySeconds\":86401}", "readiness.initialDelaySeconds", "86400"),
        Create(Deployment + ",\"readiness\":{\"path\":\"/\",\"port\":80,\"failureThreshold\":1001}", "readiness.failureThreshold", "1000"),
        Create(Deployment + ",\"maxRetry\":1", "maxRetry", "PyTorchJob"),
        Create("\"groupVersionKind\":{\"kind\":\"StatefulSet\"},\"maxRetry\":1", "maxRetry", "PyTorchJob"),
        Create("\"groupVersionKind\":{\"kind\":\"Authoring\"},\"maxRetry\":1", "maxRetry", "PyTorchJob"),
    ];

    public static readonly ClusterRefusal[] Schedules =
    [
        Schedule("", "five cron fields"),
        Schedule("tomorrow", "RFC 3339"),
        Schedule("2025-09-30T16:04:00.000Z", "future"),
        Schedule("2060-01-01T00:00:00Z", "a year"),
        Schedule("2026-13-01T00:00:00Z", "RFC 3339"),
        Schedule("* * * *", "five cron fields"),
        Schedule("0 0 3 * * *", "five cron fields"),
        Schedule("60 * * * *", "60"),
        Schedule("0 3 31 2 *", "never"),
        Schedule("a b c d e", ""),
        Schedule(new string('*', 300), "RFC 3339"),
        Create("\"cronJobs\":[{\"schedule\":\"0 3 * * *\",\"action\":\"stop\"}]", "cronJobs[0].action", "start"),
        Create("\"cronJobs\":[{\"schedule\":\"0 3 * * *\"},{\"schedule\":\"0 4 * * *\"}]", "cronJobs", "one"),
        Create("\"cronJobs\":[null]", "cronJobs[0]", "object"),
        Create("\"cronJobs\":[\"0 3 * * *\"]", "cronJobs[0]", "object"),
        Create("\"cronJobs\":{\"schedule\":\"0 3 * * *\"}", "cronJobs", "array"),
    ];

    private static ClusterRefusal Schedule(string text, string mentions) => Create($"\"cronJobs\":[{{\"schedule\":\"{text}\",\"action\":\"start\"}}]", "cronJobs[0].schedule", mentions);
}
