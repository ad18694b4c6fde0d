using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>What controllers make of templates, and what they ask of pods.</summary>
internal static class PodTemplates
{
    public static string Hash(JsonNode template) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.ToJsonString())))[..10];

    /// <summary>An object that <paramref name="owner"/> controls.</summary>
    public static JsonObject Owned(JsonObject owner, string apiVersion, string kind, string name, JsonNode? labels, JsonNode? annotations = null)
    {
        var meta = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = owner.Namespace(),
            ["labels"] = labels?.DeepClone() ?? new JsonObject(),
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = owner.Text("apiVersion"),
                ["kind"] = owner.Text("kind"),
                ["name"] = owner.Name(),
                ["uid"] = owner.Uid(),
                ["controller"] = true,
                ["blockOwnerDeletion"] = true,
            }),
        };
        if (annotations is not null)
            meta["annotations"] = annotations.DeepClone();
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = meta };
    }

    public static JsonObject Pod(JsonObject owner, JsonNode? template, string name)
    {
        var pod = Owned(owner, "v1", "Pod", name, template.At("metadata", "labels"), template.At("metadata", "annotations"));
        pod["spec"] = template.At("spec")?.DeepClone();
        pod.Child("spec")["restartPolicy"] ??= "Always";
        pod["status"] = new JsonObject { ["phase"] = "Pending" };
        return pod;
    }

    public static bool IsReady(JsonObject pod) => !pod.IsDeleting()
        && pod.List("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    public static bool IsOver(JsonObject pod) => pod.Text("status", "phase") is "Succeeded" or "Failed";

    /// <summary>A count, or a share of <paramref name="all"/>.</summary>
    public static int Share(JsonNode? value, int all, bool up, string usual)
    {
        var text = value?.ToString() ?? usual;
        if (!text.EndsWith('%'))
            return int.Parse(text);
        var share = all * int.Parse(text[..^1]) / 100.0;
        return (int)(up ? Math.Ceiling(share) : Math.Floor(share));
    }
}
