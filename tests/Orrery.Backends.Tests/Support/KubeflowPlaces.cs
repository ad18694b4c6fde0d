using System.Text.Json;
using System.Text.Json.Serialization;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Testing;
using Orrery.Kubernetes.Testing.Api;

namespace Orrery.Backends.Tests.Support;

/// <summary>The double with Kubeflow's definition, and the stand-in.</summary>
public sealed class DoubleKubeflow : KubernetesPlace
{
    private ApiServerDouble? server;
    private KubeflowOperator? controller;

    public override async ValueTask InitializeAsync()
    {
        server = await ApiServerDouble.Start(new ApiServerDoubleOptions { Custom = [ResourceKind.PyTorchJob] });
        await base.InitializeAsync();
        controller = new KubeflowOperator(Client());
    }

    public override async ValueTask DisposeAsync()
    {
        if (controller is not null)
            await controller.DisposeAsync();
        await base.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private protected override KubernetesClient Client() => new(KubernetesConnection.Anonymous(server!.Address), new KubernetesClientOptions { RequestsPerSecond = 0 });
}

/// <summary>The cluster of KUBECONFIG, which has Kubeflow's definition and the stand-in as long as the tests last: not for one that others use.</summary>
/// <remarks>
/// Asked for by a variable of its own: Kubernetes 1.20 compiled with Go 1.18 or newer panics on every custom object (json-iterator's
/// reflect2 reads maps as older Go kept them), and takes the whole API server with it.
/// </remarks>
public sealed class RealKubeflow : KubernetesPlace
{
    private const string Definition = "pytorchjobs.kubeflow.org";
    private static readonly ResourceType<CustomResourceDefinition> Definitions = new(
        "apiextensions.k8s.io", "v1", "customresourcedefinitions", IsNamespaced: false, DefinitionJson.Default.CustomResourceDefinition, DefinitionJson.Default.ObjectListCustomResourceDefinition);

    private KubernetesClient? admin;
    private KubeflowOperator? controller;

    public override string? Missing => Environment.GetEnvironmentVariable("ORRERY_KUBEFLOW") == "1" ? null : "ORRERY_KUBEFLOW is not 1: no real cluster gets Kubeflow's definition";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Missing is not null)
            return;
        admin = Client();
        using var spec = JsonDocument.Parse("""
            {"group":"kubeflow.org","scope":"Namespaced","names":{"plural":"pytorchjobs","singular":"pytorchjob","kind":"PyTorchJob"},
             "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}
            """);
        await admin.Of(Definitions).Create(new CustomResourceDefinition { Metadata = new ObjectMeta { Name = Definition }, Spec = spec.RootElement.Clone() }, CancellationToken.None);
        await Watched.Eventually(() => admin.Has(ResourceTypes.PyTorchJobs, CancellationToken.None).GetAwaiter().GetResult(), "Kubeflow's definition");
        controller = new KubeflowOperator(Client());
    }

    public override async ValueTask DisposeAsync()
    {
        if (controller is not null)
            await controller.DisposeAsync();
        if (admin is not null)
            await admin.Of(Definitions).Delete(ns: null, Definition, new DeleteOptions(), CancellationToken.None);
        admin?.Dispose();
        await base.DisposeAsync();
    }

    private protected override KubernetesClient Client() => new(KubeConfig.LoadDefault());
}

internal sealed record CustomResourceDefinition : IKubernetesObject
{
    public string ApiVersion { get; init; } = "apiextensions.k8s.io/v1";

    public string Kind { get; init; } = "CustomResourceDefinition";

    public ObjectMeta Metadata { get; init; } = new();

    public JsonElement? Spec { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectList<CustomResourceDefinition>))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
