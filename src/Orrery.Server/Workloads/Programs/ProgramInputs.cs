using Orrery.Contracts.Agents;
using Orrery.Contracts.Workloads;
using Orrery.Server.Artifacts;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Workloads.Programs;

/// <summary>Files that a user names for a program.</summary>
internal sealed class ProgramInputs(ArtifactStore artifacts)
{
    /// <exception cref="ApiException">validation_error: the caller may read no such content.</exception>
    public async Task<IReadOnlyList<ProgramFile>> Check(IReadOnlyList<ProgramInput>? inputs, Principal caller, CancellationToken ct)
    {
        var found = new List<ProgramFile>();
        foreach (var (input, i) in (inputs ?? []).Select((input, i) => (input, i)))
        {
            _ = ContentId.TryRead(input.ContentId, out var sha256);
            var content = await artifacts.Find(sha256!, caller, ct)
                ?? throw Refuse.Invalid($"program.inputs[{i}].contentId", $"'{Refuse.Shorten(input.ContentId!)}' is neither an upload of yours (POST /v1/artifacts) nor an artifact that you may read");
            found.Add(new ProgramFile(input.Name!, sha256!, content.SizeBytes));
        }
        return found;
    }
}
