using System.Text.Json;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Hosting;

namespace Orrery.Server.Workloads.Programs;

/// <summary>The environment of a workload's program: apart from the rest of its body, wrapped at rest.</summary>
internal sealed class ProgramEnv(SecretBox box)
{
    /// <returns>The body as it is stored, and its environment.</returns>
    public (WorkloadRequest Body, string? Env) Seal(string workloadId, WorkloadRequest request)
    {
        if (request.Program?.Env is not { Count: > 0 } env)
            return (request, null);
        var wrapped = box.Wrap(JsonSerializer.Serialize(env, WireJson.Default.DictionaryStringString), workloadId);
        return (request with { Program = request.Program with { Env = null } }, wrapped);
    }

    private Dictionary<string, string> Open(WorkloadRow workload) => workload.ProgramEnv is { } wrapped
        ? JsonSerializer.Deserialize(box.Unwrap(wrapped, workload.Id), WireJson.Default.DictionaryStringString)!
        : [];

    /// <summary>The body as it was sent.</summary>
    public WorkloadRequest Body(WorkloadRow workload)
    {
        var stored = JsonSerializer.Deserialize(workload.Spec, WireJson.Default.WorkloadRequest)!;
        return workload.ProgramEnv is null ? stored : stored with { Program = stored.Program! with { Env = Open(workload) } };
    }

    /// <summary>With its source and its variables: they are kept once, with the workload, and not with each of its deployments.</summary>
    public ProgramWork Complete(WorkloadRow workload, ProgramWork kept)
    {
        var program = Body(workload).Program!;
        return kept with { Script = EntryPoint.Script(program.EntryPoint!), Env = program.Env ?? [] };
    }
}
