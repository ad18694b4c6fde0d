using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orrery.EndToEnd.Programs;

/// <summary>What tests do with programs and their artifacts.</summary>
internal static class ProgramSteps
{
    /// <summary>Three stages in a chain of which each runs the script, far faster than its mission.</summary>
    public static string Chain(string script, string program = "", string members = "\"mode\":\"simulated\",\"speed_multiplier\":100000") =>
        $$"""
        {"placement":{"satellites":[25544,48274,53807]},"parallelism":{"class":"model-parallel","stages":3},
         "model":{"layers":[{"name":"a","compute_fwd":1,"activation_mb":1},{"name":"b","compute_fwd":1,"activation_mb":1},{"name":"c","compute_fwd":1,"activation_mb":1}]},
         "policy":{"horizon_h":24,"max_attempts":2},"program":{"entry_point":{{JsonSerializer.Serialize(script)}},"duration_s":1{{program}}},{{members}}}
        """;

    /// <returns>The contentId.</returns>
    public static async Task<string> Bring(this Api api, string text) => (await api.Post("/v1/artifacts", text)).MustBe(201).Str("contentId");

    /// <returns>Stage and name → content.</returns>
    public static async Task<Dictionary<string, string>> Artifacts(this Api api, string id)
    {
        var manifest = (await api.Get($"/v1/workloads/{id}/artifacts")).MustBe(200)["artifacts"]!.AsArray();
        var texts = new Dictionary<string, string>();
        foreach (var artifact in manifest)
        {
            var text = (await api.Get($"/v1/artifacts/{artifact.Str("contentId")}")).MustBe(200).Text;
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ShouldBe(artifact.Str("sha256"));
            artifact.Int("size_bytes").ShouldBe(Encoding.UTF8.GetByteCount(text));
            texts[$"{artifact.Int("stage")}/{artifact.Str("name")}"] = text;
        }
        return texts;
    }
}
