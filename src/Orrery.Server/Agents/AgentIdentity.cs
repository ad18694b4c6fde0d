using Microsoft.AspNetCore.Http;
using Orrery.Server.Identity;

namespace Orrery.Server.Agents;

/// <summary>Who an agent is: the user whose key it holds, and the name it gives itself.</summary>
/// <param name="UserId">The key's user.</param>
/// <param name="AgentId">The agent's own id.</param>
/// <param name="BoundSatellite">The one satellite of an agent key.</param>
/// <param name="Shared">It serves the shared fleet, whoever submitted.</param>
internal sealed record AgentIdentity(string UserId, string AgentId, string? BoundSatellite, bool Shared)
{
    /// <summary>How deployments remember the agent they were given to.</summary>
    public string Ref => $"{UserId}/{AgentId}";

    public static AgentIdentity Of(HttpContext http)
    {
        var caller = http.Caller();
        return new AgentIdentity(caller.UserId, http.AgentId(), caller.SatelliteId, caller.ServesSharedFleet);
    }
}
