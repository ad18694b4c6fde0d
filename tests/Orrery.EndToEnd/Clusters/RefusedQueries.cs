using static Orrery.EndToEnd.Clusters.ClusterRefusal;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Queries, keys and workspaces that are refused.</summary>
public static class RefusedQueries
{
    private const string Logs = Root + "/{running}/pods/{running}-1-0/logs";

    public static readonly ClusterRefusal[] Lists =
    [
        List("limit=0", "limit", "10000"),
        List("limit=10001", "limit", "10000"),
        List("limit=-1", "limit", "10000"),
        List("limit=ten", "limit", "10000"),
        List("limit=1&limit=2", "limit", "once"),
        List("offset=-1", "offset", "from 0"),
        List("offset=1.5", "offset", "from 0"),
        List("offset=99999999999", "offset", "from 0"),
        List("order=up", "order", "desc"),
        List("order=DESC", "order", "desc"),
        List("sortBy=nope", "sortBy", "create_time"),
        List("sortBy=id;DROP%20TABLE%20workloads", "sortBy", "create_time"),
        List("since=yesterday", "since", "RFC 3339"),
        List("since=2026-01-02", "since", "RFC 3339"),
        List("until=0", "until", "RFC 3339"),
        List("phase=Bogus", "phase", "NotReady"),
        List("phase=Running,running", "phase", "'running'"),
        List("kind=Job", "kind", "StatefulSet"),
        List("kind=PyTorchJob,Nope", "kind", "'Nope'"),
        List($"description={new string('d', 257)}", "description", "256"),
        List("userName=a%00b", "userName", "printable"),
        List("workloadId=a%0Ab", "workloadId", "printable"),
        List("fieldValidation=bogus", "fieldValidation", "Ignore"),
        List("fieldValidation=Strict&page=2", "page"),
        List("limit=0&order=up&phase=Bogus", "order"),
        List("limit=0&order=up&phase=Bogus", "phase", "limit"),
    ];

    public static readonly ClusterRefusal[] Pods =
    [
        Get(Logs + "?tailLines=0", 400, "BadRequest", "tailLines", "100000"),
        Get(Logs + "?tailLines=100001", 400, "BadRequest", "tailLines", "100000"),
        Get(Logs + "?tailLines=-1", 400, "BadRequest", "tailLines"),
        Get(Logs + "?tailLines=all", 400, "BadRequest", "tailLines"),
        Get(Logs + "?sinceSeconds=-1", 400, "BadRequest", "sinceSeconds", "from 0"),
        Get(Logs + "?sinceSeconds=1h", 400, "BadRequest", "sinceSeconds"),
        Get(Logs + "?follow=maybe", 400, "BadRequest", "follow", "true or false"),
        Get(Logs + "?container=side", 400, "BadRequest", "container", "main"),
        Get(Logs + "?container=side&follow=true", 400, "BadRequest", "container", "main"),
        Get(Logs + "?fieldValidation=bogus", 400, "BadRequest", "fieldValidation"),
        Get(Logs + "?fieldValidation=Strict&previous=true", 400, "BadRequest", "previous"),
        Get(Logs + "?follow=true", 400, "BadRequest", "Last-Event-ID") with { Header = "Last-Event-ID: first" },
        Get(Root + "/{running}/pods/nothing/logs", 404, "PodNotFound", null, "nothing"),
        Get(Root + "/{running}/pods/{bobs}-1-0/logs", 404, "PodNotFound"),
        Get(Root + "/{running}/pods/%07/logs", 404, "PodNotFound"),
        Get(Root + "/{running}/pods/{running}-9-0/containers", 404, "PodNotFound", null, "-9-0"),
        Get(Root + "/nothing-bbbbb/pods/nothing-bbbbb-1-0/logs", 404, "WorkloadNotFound"),
        Get(Root + "/{running}/pods/{running}-1-0/containers?fieldValidation=Strict&all=1", 400, "BadRequest", "all"),
        Get(Root + "/{running}/pods/{running}-1-0/webshell", 400, "BadRequest", null, "WebSocket"),
        Get(Root + "/nothing-bbbbb/events", 404, "WorkloadNotFound"),
        Get(Root + "/{running}/events?limit=0", 400, "BadRequest", "limit", "5000"),
        Get(Root + "/{running}/events?limit=5001", 400, "BadRequest", "limit", "5000"),
        Get(Root + "/{running}/events?after_seq=-1", 400, "BadRequest", "after_seq"),
        Get(Root + "/{running}/events?fieldValidation=Strict&since=1", 400, "BadRequest", "since"),
        new("POST", Logs, "{}", 405, "MethodNotAllowed"),
    ];

    public static readonly ClusterRefusal[] Keys =
    [
        Get(Root, 401, "Unauthorized", null, "key", ClusterCaller.Nobody),
        Get(Root, 401, "Unauthorized", null, "key", ClusterCaller.Revoked),
        Get(Root, 401, "Unauthorized", null, "key", ClusterCaller.Garbage),
        Get(Root, 403, "Forbidden", null, "agent", ClusterCaller.Agent),
        Get("/api/v1/workspaces", 401, "Unauthorized", null, "key", ClusterCaller.Nobody),
        Get("/api/v1/nodes", 401, "Unauthorized", null, "key", ClusterCaller.Nobody),
        Get("/api/v1/clusters", 403, "Forbidden", null, "agent", ClusterCaller.Agent),
        Get(Root + "/{running}/pods/{running}-1-0/webshell", 401, "Unauthorized", null, "key", ClusterCaller.Nobody),
        new("POST", Root, ClusterBodies.With(""), 401, "Unauthorized", null, "key", ClusterCaller.Nobody),
        new("POST", Root, ClusterBodies.With(""), 403, "Forbidden", null, "agent", ClusterCaller.Agent),
        new("DELETE", Root + "/{running}", null, 401, "Unauthorized", null, "key", ClusterCaller.Revoked),
        Get(Root + "?api_key=rs_live_0123456789", 400, "BadRequest", null, "URL"),
        Get("/api/v1/nowhere", 404, "NotFound", null, "/api/v1/nowhere"),
        Get(Root + "/{running}/nothing", 404, "NotFound"),
        new("DELETE", Root, null, 405, "MethodNotAllowed"),
        new("DELETE", "/api/v1/nodes", null, 405, "MethodNotAllowed"),
        new("POST", "/api/v1/clusters", "{}", 403, "Forbidden"),
        Get("/api/v1/nodes?fieldValidation=Strict&zone=a", 400, "BadRequest", "zone"),
        Get("/api/v1/clusters?fieldValidation=bogus", 400, "BadRequest", "fieldValidation"),
    ];

    public static readonly ClusterRefusal[] Workspaces =
    [
        Get("/api/v1/workspaces/closed", 404, "WorkspaceNotFound", null, "closed"),
        Get("/api/v1/workspaces/nowhere", 404, "WorkspaceNotFound", null, "nowhere"),
        Get("/api/v1/workspaces?fieldValidation=Strict&group=a", 400, "BadRequest", "group"),
        new("POST", "/api/v1/workspaces", "{\"displayName\":\"mine\"}", 403, "Forbidden", null, "admin"),
        new("PATCH", "/api/v1/workspaces/tiny", "{\"displayName\":\"mine\"}", 403, "Forbidden", null, "admins"),
        new("PATCH", "/api/v1/workspaces/closed", "{\"displayName\":\"mine\"}", 404, "WorkspaceNotFound"),
        new("PATCH", "/api/v1/workspaces/adas", "{\"quota\":{\"cpu\":\"100\"}}", 403, "Forbidden", "workspace", "members"),
        new("PATCH", "/api/v1/workspaces/adas", "{\"members\":[\"nobody\"]}", 400, "BadRequest", "members", "nobody"),
        new("PATCH", "/api/v1/workspaces/adas", "{\"workspaceId\":\"other\"}", 400, "BadRequest", "workspaceId", "cannot be changed"),
        new("DELETE", "/api/v1/workspaces/adas", null, 403, "Forbidden", null, "admin"),
        new("DELETE", "/api/v1/workspaces/default", null, 409, "Conflict", null, "workloads", ClusterCaller.Admin),
        new("DELETE", "/api/v1/workspaces/nowhere", null, 404, "WorkspaceNotFound", null, "nowhere", ClusterCaller.Admin),
        new("POST", "/api/v1/workspaces", "{\"workspaceId\":\"tiny\",\"displayName\":\"Tiny\"}", 409, "AlreadyExists", null, "tiny", ClusterCaller.Admin),
        new("POST", "/api/v1/workspaces?fieldValidation=Strict", "{\"workspaceId\":\"new\",\"color\":\"red\"}", 400, "BadRequest", "color", "", ClusterCaller.Admin),
        Workspace("{}", "displayName", "printable"),
        Workspace("{\"displayName\":\"日本\"}", "workspaceId", "required"),
        Workspace("{\"workspaceId\":\"New\"}", "workspaceId", "a-z"),
        Workspace("{\"workspaceId\":\"-new\"}", "workspaceId", "a-z"),
        Workspace($"{{\"workspaceId\":\"{new string('a', 64)}\"}}", "workspaceId", "63"),
        Workspace("{\"workspaceId\":\"new\",\"clusterId\":\"mars\"}", "clusterId", "local"),
        Workspace("{\"workspaceId\":\"new\",\"group\":\"A B\"}", "group", "a-z"),
        Workspace("{\"workspaceId\":\"new\",\"queuePolicy\":\"lifo\"}", "queuePolicy", "backfill"),
        Workspace("{\"workspaceId\":\"new\",\"quota\":{\"cpu\":\"-1\"}}", "quota.cpu", "cores"),
        Workspace("{\"workspaceId\":\"new\",\"quota\":{\"memory\":\"lots\"}}", "quota.memory", "512Gi"),
        Workspace("{\"workspaceId\":\"new\",\"borrowingLimit\":{\"gpu\":\"0.5\"}}", "borrowingLimit.gpu", "whole"),
        Workspace("{\"workspaceId\":\"new\",\"admins\":[\"*\"]}", "admins", "*"),
        Workspace("{\"workspaceId\":\"new\",\"members\":[null]}", "members", "null"),
        Workspace("{\"workspaceId\":\"new\",\"preemption\":\"yes\"}", "preemption", "true or false"),
        Workspace("{\"workspaceId\":7}", "workspaceId", "string"),
    ];
}
