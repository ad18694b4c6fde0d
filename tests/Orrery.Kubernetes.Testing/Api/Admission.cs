using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>What the server checks and adds before it stores a new object.</summary>
internal sealed partial class Admission(ObjectStore store)
{
    private int addresses;

    /// <exception cref="RefusalException">Invalid, Forbidden or NotFound.</exception>
    public void Prepare(RequestPath path, JsonObject item)
    {
        var name = item.Name();
        if (name.Length == 0)
            throw RefusalException.Invalid(path.Kind.Kind, name, ("FieldValueRequired", "metadata.name", "Required value: name or generateName is required"));
        if (!DnsName().IsMatch(name) || name.Length > 253)
            throw RefusalException.Invalid(path.Kind.Kind, name, ("FieldValueInvalid", "metadata.name", $"Invalid value: \"{name}\": a DNS-1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"));
        item["apiVersion"] = path.Kind.ApiVersion;
        item["kind"] = path.Kind.Kind;
        if (path.Kind.IsNamespaced)
            CheckNamespace(path, item);
        CheckLabels(path.Kind, item);
        switch (path.Kind.Kind)
        {
            case "Pod":
                CheckServiceAccount(path, item);
                CheckContainers(path.Kind, item, "spec", item["spec"]);
                item["status"] = new JsonObject { ["phase"] = "Pending" };
                Default(item.Child("spec"), "restartPolicy", "Always");
                break;
            case "Deployment" or "StatefulSet" or "ReplicaSet":
                CheckContainers(path.Kind, item, "spec.template.spec", item.At("spec", "template", "spec"));
                item["status"] = new JsonObject { ["replicas"] = 0 };
                item.Child("spec")["replicas"] ??= 1;
                break;
            case "Namespace":
                item["status"] = new JsonObject { ["phase"] = "Active" };
                break;
            case "Service" when item.Text("spec", "clusterIP") is null:
                item.Child("spec")["clusterIP"] = $"10.0.0.{(Interlocked.Increment(ref addresses) % 250) + 2}";
                break;
        }
    }

    private static void Default(JsonObject item, string name, string value) => item[name] ??= value;

    private void CheckNamespace(RequestPath path, JsonObject item)
    {
        if (item.Namespace() is { Length: > 0 } said && said != path.Namespace)
            throw RefusalException.BadRequest($"the namespace of the provided object does not match the namespace sent on the request");
        item.Meta()["namespace"] = path.Namespace;
        var space = store.Find(new ObjectKey("namespaces", "", path.Namespace ?? ""));
        if (space is null)
            throw RefusalException.NotFound(new ObjectKey("namespaces", "", path.Namespace ?? ""));
        if (space.IsDeleting())
            throw RefusalException.Forbidden(path.Key with { Name = item.Name() }, $"unable to create new content in namespace {path.Namespace} because it is being terminated");
    }

    /// <summary>A namespace that is quite new has none yet.</summary>
    private void CheckServiceAccount(RequestPath path, JsonObject item)
    {
        var name = item.Text("spec", "serviceAccountName") ?? "default";
        if (store.Find(new ObjectKey("serviceaccounts", path.Namespace!, name)) is null)
            throw RefusalException.Forbidden(path.Key with { Name = item.Name() }, $"error looking up service account {path.Namespace}/{name}: serviceaccount \"{name}\" not found");
    }

    private static void CheckLabels(ResourceKind kind, JsonObject item)
    {
        foreach (var (key, value) in item.Map("metadata", "labels"))
        {
            if (value.Length > 63 || (value.Length > 0 && !LabelValue().IsMatch(value)))
                throw RefusalException.Invalid(kind.Kind, item.Name(), ("FieldValueInvalid", "metadata.labels", $"Invalid value: \"{value}\": of {key}"));
        }
    }

    private static void CheckContainers(ResourceKind kind, JsonObject item, string field, JsonNode? spec)
    {
        if (spec.List("containers").Count == 0)
            throw RefusalException.Invalid(kind.Kind, item.Name(), ("FieldValueRequired", $"{field}.containers", "Required value"));
        var volumes = spec.List("volumes").Select(volume => volume.Text("name")).ToHashSet(StringComparer.Ordinal);
        var wrong = new[] { "initContainers", "containers" }.SelectMany(list => spec.List(list).SelectMany((container, index) => Wrong(container, $"{field}.{list}[{index}]", volumes))).ToArray();
        if (wrong.Length > 0)
            throw RefusalException.Invalid(kind.Kind, item.Name(), wrong);
    }

    private static IEnumerable<(string Type, string Field, string Message)> Wrong(JsonNode? container, string field, HashSet<string?> volumes) =>
    [
        .. new[] { "name", "image" }.Where(member => container.Text(member) is null or "").Select(member => ("FieldValueRequired", $"{field}.{member}", "Required value")),
        .. container.List("volumeMounts").Select((mount, index) => (mount.Text("name"), index)).Where(one => !volumes.Contains(one.Item1))
            .Select(one => ("FieldValueNotFound", $"{field}.volumeMounts[{one.index}].name", $"Not found: \"{one.Item1}\"")),
    ];

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsName();

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelValue();
}
