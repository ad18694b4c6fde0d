using Microsoft.Extensions.Options;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;

namespace Orrery.Server.Workloads;

/// <summary>The mode of a workload that names none: simulated until the first agent key exists, then live.</summary>
internal sealed class DefaultMode(IdentityStore identity, IOptions<PlanningSettings> settings)
{
    public async ValueTask<string> Current(CancellationToken ct) => settings.Value.DefaultMode switch
    {
        RunMode.Live => RunMode.Live,
        RunMode.Simulated => RunMode.Simulated,
        _ => await identity.HasAgentKeys(ct) ? RunMode.Live : RunMode.Simulated,
    };
}
