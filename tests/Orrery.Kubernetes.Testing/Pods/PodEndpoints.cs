using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Controllers;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>The parts of the API that reach into pods.</summary>
internal sealed class PodEndpoints(ObjectStore store, Kubelet kubelet)
{
    public Task Handle(HttpContext http, RequestPath path)
    {
        var pod = store.Find(path.Key) ?? throw RefusalException.NotFound(path.Key);
        var container = Find(path, pod, http.Request.Query["container"].FirstOrDefault());
        return path.Subresource == "log" ? LogStream.Write(http, container) : ExecRelay.Run(http, container);
    }

    private ContainerLife Find(RequestPath path, JsonObject pod, string? wanted)
    {
        var names = pod.List("spec", "containers").Select(one => one.Text("name")!).ToList();
        if (wanted is null && names.Count > 1)
            throw RefusalException.BadRequest($"a container name must be specified for pod {path.Name}, choose one of: [{string.Join(' ', names)}]");
        var name = wanted ?? names[0];
        if (!names.Concat(pod.List("spec", "initContainers").Select(one => one.Text("name")!)).Contains(name, StringComparer.Ordinal))
            throw RefusalException.BadRequest($"container {name} is not valid for pod {path.Name}");
        return kubelet.Find(pod.Uid())?.Find(name) is { HasStarted: true } life ? life
            : throw RefusalException.BadRequest($"container \"{name}\" in pod \"{path.Name}\" is waiting to start: ContainerCreating");
    }
}
