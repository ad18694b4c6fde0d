namespace Orrery.EndToEnd.Clusters;

/// <summary>Bodies that differ from one that is taken in the members that matter.</summary>
public static class ClusterBodies
{
    /// <summary>A body that would be taken, with members over its own; those of <c>resource</c> go into its resource.</summary>
    public static string With(string members)
    {
        var body = JsonNode.Parse(ClusterSteps.Body("true", "refused", members: "\"customerLabels\":{\"zone\":\"nowhere\"}"))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{members}}}")!.AsObject())
        {
            if (name == "resource" && value is JsonObject { Count: > 0 } resource)
            {
                foreach (var (amount, text) in resource)
                    body["resource"]![amount] = text?.DeepClone();
            }
            else
            {
                body[name] = value?.DeepClone();
            }
        }
        return body.ToJsonString();
    }

    /// <summary>The same without a member.</summary>
    public static string Without(string member)
    {
        var body = JsonNode.Parse(With(""))!.AsObject();
        body.Remove(member);
        return body.ToJsonString();
    }

    /// <summary>A JSON object of so many string members.</summary>
    public static string Map(int count, string value = "v") => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"K{i}\":\"{value}\""))}}}";

    /// <summary>A JSON array of so many different strings.</summary>
    public static string Names(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"nobody-{i}\""))}]";
}
