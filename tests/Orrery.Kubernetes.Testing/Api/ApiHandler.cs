using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orrery.Kubernetes.Testing.Pods;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>Answers one request.</summary>
internal sealed class ApiHandler(IReadOnlyCollection<ResourceKind> kinds, ObjectStore store, Lists lists, Watches watches, Writes writes, Deletes deletes, PodEndpoints pods,
    Func<HttpContext, IReadOnlyList<AccessRule>?> rights)
{
    /// <exception cref="RefusalException">Whatever is wrong.</exception>
    public async Task Handle(HttpContext http)
    {
        if (Discovery(http.Request.Path.Value!) is { } known)
        {
            await Answer(http, 200, known);
            return;
        }
        var path = RequestPath.Parse(http.Request.Path.Value!, kinds);
        if (rights(http) is { } rules)
            AccessRule.Check(rules, http.Request, path);
        if (path.Subresource is "log" or "exec")
        {
            await pods.Handle(http, path);
            return;
        }
        var query = http.Request.Query;
        var manager = query["fieldManager"].ToString() is { Length: > 0 } named ? named : "unknown";
        switch (http.Request.Method)
        {
            case "GET" when path.Name is not null:
                await Answer(http, 200, store.Find(path.Key) ?? throw RefusalException.NotFound(path.Key));
                break;
            case "GET" when query["watch"] == "true":
                await watches.Stream(http, path, Select(http));
                break;
            case "GET":
                await Answer(http, 200, lists.Page(path, Select(http), int.TryParse(query["limit"], out var limit) ? limit : 0, query["continue"].FirstOrDefault()));
                break;
            case "POST":
                await Answer(http, 201, writes.Create(path, (await Body(http)).AsObject(), manager));
                break;
            case "PATCH" when http.Request.ContentType == "application/apply-patch+yaml":
                var (item, isNew) = writes.Apply(path, (await Body(http)).AsObject(), manager, query["force"] == "true");
                await Answer(http, isNew ? 201 : 200, item);
                break;
            case "PATCH":
                await Answer(http, 200, writes.Patch(path, http.Request.ContentType ?? "", await Body(http), manager));
                break;
            case "DELETE" when path.Name is not null:
                await Answer(http, 200, deletes.Delete(path.Key, (await Body(http)).AsObject()));
                break;
            case "DELETE":
                await DeleteAll(http, path);
                break;
            default:
                throw new RefusalException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    public static async Task Answer(HttpContext http, int code, JsonNode body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }

    private async Task DeleteAll(HttpContext http, RequestPath path)
    {
        var options = (await Body(http)).AsObject();
        foreach (var item in store.List(path.Kind.Resource, path.Namespace).Items.Where(Select(http).Match))
            deletes.Delete(new ObjectKey(path.Kind.Resource, item.Namespace(), item.Name()), options);
        await Answer(http, 200, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Success" });
    }

    private JsonObject? Discovery(string path)
    {
        var version = path.Trim('/').Split('/') switch
        {
            ["api", var v] => v,
            ["apis", var group, var v] => $"{group}/{v}",
            _ => null,
        };
        var known = kinds.Where(kind => kind.ApiVersion == version).ToList();
        if (known.Count == 0)
            return null;
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["groupVersion"] = version,
            ["resources"] = new JsonArray([.. known.Select(kind => new JsonObject { ["name"] = kind.Plural, ["kind"] = kind.Kind, ["namespaced"] = kind.IsNamespaced })]),
        };
    }

    private static Selectors Select(HttpContext http) => new(http.Request.Query["labelSelector"].FirstOrDefault(), http.Request.Query["fieldSelector"].FirstOrDefault());

    private static async Task<JsonNode> Body(HttpContext http) =>
        http.Request.ContentLength is null or 0 ? new JsonObject() : await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) ?? new JsonObject();
}
