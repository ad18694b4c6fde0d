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
        var life = Life(path, pod, http.Request.Query["container"].FirstOrDefault());
        return path.Subresource == "log" ? LogStream.Write(http, life) : ExecRelay.Run(http, life);
    }

    private PodLife Life(RequestPath path, JsonObject pod, string? container)
    {
        var names = pod.List("spec", "containers").Select(one => one.Text("name")).ToList();
        if (container is not null && !names.Contains(container))
            throw RefusalException.BadRequest($"container {container} is not valid for pod {path.Name}");
        var life = kubelet.Find(pod.Uid());
        if (pod.Text("status", "phase") == "Pending" || life is null)
            throw RefusalException.BadRequest($"container \"{names[0]}\" in pod \"{path.Name}\" is waiting to start: ContainerCreating");
        return life;
    }
}
