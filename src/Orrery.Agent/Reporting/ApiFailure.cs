using System.Net;
using Orrery.Client;

namespace Orrery.Agent.Reporting;

/// <summary>What a failed call means to an agent.</summary>
internal static class ApiFailure
{
    /// <summary>The server refused, or did not answer; the agent lives on.</summary>
    public static bool Is(Exception error) => error is OrreryApiException or OrreryUnreachableException or HttpRequestException or IOException;

    /// <summary>A later call may well be answered.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        OrreryApiException refusal => (int)refusal.Status >= 500 || refusal.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout,
        OrreryUnreachableException or HttpRequestException => true,
        _ => false,
    };

    /// <summary>The same body will never be taken.</summary>
    public static bool IsFinal(HttpStatusCode status) => status is
        HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;
}
