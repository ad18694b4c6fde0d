namespace Orrery.EndToEnd.Clusters;

/// <summary>Creates that are taken, though only just.</summary>
public static class TakenCreates
{
    private const string Deployment = "\"groupVersionKind\":{\"kind\":\"Deployment\"}";
    private static readonly string FullEnv = ClusterBodies.Map(256);

    public static readonly ClusterEdge[] Unknown =
    [
        new("\"nonsense\":1", "displayName", "\"refused\"", "nonsense"),
        new("\"nonsense\":1", "displayName", "\"refused\"", "nonsense", "?fieldValidation=Warn"),
        new("\"nonsense\":{\"deep\":[1]}", "displayName", "\"refused\"", "", "?fieldValidation=Ignore"),
        new("\"displayname\":\"other\"", "displayName", "\"refused\"", "displayname"),
        new("\"resource\":{\"cpus\":\"1\"}", "resource.cpu", "\"100m\"", "resource.cpus"),
        new("\"service\":{\"targetPort\":80,\"name\":\"x\"}", "service.targetPort", "80", "service.name"),
        new("\"say \\\"hi\\\"\\n\":1", "displayName", "\"refused\"", "unknown field"),
        new("\"isTolerateAll\":true", "isTolerateAll", "true", "dryRun", "?dryRun=true"),
        new("\"priority\":1", "priority", "1", "", "?fieldValidation=Strict"),
    ];

    public static readonly ClusterEdge[] Absent =
    [
        new("\"description\":\"\"", "description", "\"\""),
        new("\"description\":null", "description", "\"\""),
        new("\"priority\":0", "priority", "0"),
        new("\"priority\":null", "priority", "0"),
        new("\"timeout\":0", "timeout", "0"),
        new("\"maxRetry\":0", "maxRetry", "0"),
        new("\"ttlSecondsAfterFinished\":0", "ttlSecondsAfterFinished", "0"),
        new("\"ttlSecondsAfterFinished\":null", "ttlSecondsAfterFinished", "60"),
        new("\"env\":{}", "env", "{}"),
        new("\"env\":null", "env", "{}"),
        new("\"liveness\":{}", "liveness", "null"),
        new("\"liveness\":{\"path\":\"\",\"port\":0}", "liveness", "null"),
        new("\"readiness\":null", "readiness", "null"),
        new("\"service\":{}", "service", "null"),
        new("\"service\":{\"protocol\":\"\",\"port\":0,\"nodePort\":0,\"targetPort\":0,\"serviceType\":\"\",\"extends\":{}}", "service", "null"),
        new("\"dependencies\":[]", "dependencies", "[]"),
        new("\"dependencies\":null", "dependencies", "[]"),
        new("\"specifiedNodes\":[]", "specifiedNodes", "[]"),
        new("\"cronJobs\":[]", "cronJobs", "[]"),
        new("\"customerLabels\":{\"zone\":\"moon\"}", "customerLabels.zone", "\"moon\""),
        new("\"groupVersionKind\":{}", "groupVersionKind.kind", "\"PyTorchJob\""),
        new("\"groupVersionKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"\"}", "groupVersionKind.version", "\"v1\""),
        new("\"groupVersionKind\":{\"kind\":\"Authoring\"},\"entryPoint\":\"\"", "entryPoint", "\"\""),
        new("\"resource\":{\"gpu\":\"\"}", "resource.gpu", "\"0\""),
        new("\"resource\":{\"ephemeralStorage\":\"\",\"sharedMemory\":\"\"}", "resource.ephemeralStorage", "\"50Gi\""),
        new("\"specifiedNodes\":[\"big-1\",\"big-2\"],\"resource\":{\"replica\":0}", "resource.replica", "2"),
        new("\"specifiedNodes\":[\"big-1\"],\"resource\":{\"replica\":7}", "resource.replica", "1"),
    ];

    public static readonly ClusterEdge[] Limits =
    [
        new($"\"displayName\":\"{new string('a', 64)}\"", "displayName", $"\"{new string('a', 64)}\""),
        new($"\"description\":\"{new string('d', 4096)}\"", "description", $"\"{new string('d', 4096)}\""),
        new("\"description\":\"50% of _all_\\\\'\\\"\"", "description", "\"50% of _all_\\\\'\\\"\""),
        new("\"description\":\"two\\nlines\"", "description", "\"two\\nlines\""),
        new($"\"env\":{FullEnv}", "env", FullEnv),
        new($"\"env\":{{\"A\":\"{new string('v', 32768)}\"}}", "env.A", $"\"{new string('v', 32768)}\""),
        new("\"env\":{\"_\":\"\"}", "env._", "\"\""),
        new("\"env\":{\"UNI\":\"☃\"}", "env.UNI", "\"☃\""),
        new("\"maxRetry\":50", "maxRetry", "50"),
        new("\"timeout\":316224000", "timeout", "316224000"),
        new($"\"customerLabels\":{ClusterBodies.Map(64)}", "customerLabels.K63", "\"v\""),
        new("\"customerLabels\":{\"zone\":\"x\",\"example.com/Disk_1\":\"SSD.2\"}", "customerLabels.zone", "\"x\""),
        new("\"resource\":{\"cpu\":\"500m\"}", "resource.cpu", "\"500m\""),
        new("\"resource\":{\"cpu\":\"1.5\"}", "resource.cpu", "\"1.5\""),
        new("\"resource\":{\"cpu\":\"4\"}", "resource.cpu", "\"4\""),
        new("\"resource\":{\"cpu\":\"64\"}", "resource.cpu", "\"64\""),
        new("\"resource\":{\"cpu\":\"1e1\"}", "resource.cpu", "\"1e1\""),
        new("\"resource\":{\"cpu\":\"0.064k\"}", "resource.cpu", "\"0.064k\""),
        new("\"resource\":{\"memory\":\"128Gi\"}", "resource.sharedMemory", "\"64Gi\""),
        new("\"resource\":{\"memory\":\"256Gi\"}", "resource.memory", "\"256Gi\""),
        new("\"resource\":{\"memory\":\"0.5Gi\"}", "resource.sharedMemory", "\"256Mi\""),
        new("\"resource\":{\"memory\":\"1e9\"}", "resource.memory", "\"1e9\""),
        new("\"resource\":{\"sharedMemory\":\"64Mi\"}", "resource.sharedMemory", "\"64Mi\""),
        new("\"resource\":{\"gpu\":\"8\"}", "resource.gpu", "\"8\""),
        new("\"resource\":{\"replica\":10000}", "resource.replica", "10000"),
        new("\"workspaceId\":\"tiny\",\"resource\":{\"replica\":10}", "resource.replica", "10"),
        new("\"service\":{\"targetPort\":65535}", "service.port", "65535"),
        new("\"service\":{\"targetPort\":1,\"port\":80,\"protocol\":\"UDP\"}", "service.protocol", "\"UDP\""),
        new("\"service\":{\"targetPort\":80,\"serviceType\":\"NodePort\",\"nodePort\":32767}", "service.nodePort", "32767"),
        new(Deployment + ",\"service\":{\"targetPort\":80,\"extends\":{\"maxSurge\":\"1\",\"maxUnavailable\":\"100%\",\"A\":\"b\"}}", "service.extends.maxUnavailable", "\"100%\""),
        new(Deployment + ",\"liveness\":{\"path\":\"/\",\"port\":80}", "liveness", """{"path":"/","port":80,"initialDelaySeconds":600,"periodSeconds":3,"failureThreshold":3}"""),
        new("\"cronJobs\":[{\"schedule\":\"0 3 * * *\"}]", "cronJobs", """[{"schedule":"0 3 * * *","action":"start"}]"""),
        new("\"cronJobs\":[{\"schedule\":\"*/5 0-6 1,15 * 1-5\",\"action\":\"start\"}]", "cronJobs", """[{"schedule":"*/5 0-6 1,15 * 1-5","action":"start"}]"""),
    ];
}
