using System.Net;
using Orrery.Client;

namespace Orrery.Agent.Reporting;

/// <summary>What a failed call means to an agent.</summary>
internal static class ApiFailure
{
    /// <summary>The server refused, or did not answer; the agent lives on.</summary>
    public static bool Is(Exception error) => error is OrreryApiException or OrreryUnreachableException or HttpRequestException or IOException;

    /// <summary>The same body will never be taken.</summary>
    public static bool IsFinal(HttpStatusCode status) => status is
        HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;
}
