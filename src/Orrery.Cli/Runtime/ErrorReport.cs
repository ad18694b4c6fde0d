using System.Net;
using Orrery.Cli.Output;
using Orrery.Client;

namespace Orrery.Cli.Runtime;

/// <summary>Says on stderr what went wrong, where, and what would be right; never a stack trace.</summary>
internal static class ErrorReport
{
    /// <returns>The exit code.</returns>
    public static int Write(Exception error, CommandContext context, CancellationToken cancellation)
    {
        var output = context.Terminal.Error;
        switch (error)
        {
            case OperationCanceledException when cancellation.IsCancellationRequested:
                return ExitCodes.Interrupted;
            case CommandException wrong:
                output.WriteLine($"error: {wrong.Message}");
                return wrong.ExitCode;
            case OrreryApiException refusal:
                WriteRefusal(output, refusal);
                return Code(refusal);
            case OrreryUnreachableException lost:
                output.WriteLine($"error: no answer from {lost.Address} ({Innermost(lost).Message}).");
                output.WriteLine("  Start a server with `orrery up`, or name one with --api-url or ORRERY_API_URL.");
                return ExitCodes.Unreachable;
            case ArgumentException or IOException or UnauthorizedAccessException:
                output.WriteLine($"error: {error.Message}");
                return ExitCodes.BadInput;
            default:
                output.WriteLine($"error: {error.Message} ({error.GetType().Name}; a defect of orrery {VersionCommand.Version}, please report it)");
                return ExitCodes.WorkloadFailed;
        }
    }

    public static int Code(OrreryApiException refusal) => refusal switch
    {
        { Code: "infeasible" or "preview_only" or "plan_changed" or "QuotaInsufficient" } => ExitCodes.Infeasible,
        { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => ExitCodes.Unauthorised,
        { Status: HttpStatusCode.NotFound } => ExitCodes.NotFound,
        { Status: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => ExitCodes.Unreachable,
        { Status: HttpStatusCode.Conflict } => ExitCodes.WorkloadFailed,
        { Status: >= HttpStatusCode.BadRequest } => ExitCodes.BadInput,
        _ => ExitCodes.Unreachable,
    };

    private static void WriteRefusal(TextWriter output, OrreryApiException refusal)
    {
        output.WriteLine($"error: {refusal.Message} ({refusal.Code})");
        foreach (var (field, messages) in refusal.Details)
        {
            foreach (var message in messages.Where(message => refusal.Message != $"{field}: {message}")) // said above
                output.WriteLine($"  {field}: {message}");
        }
        foreach (var reason in refusal.Reasons)
            output.WriteLine($"  {reason.Code}: {Reasons.Text(reason)}");
        if (refusal.Status == HttpStatusCode.Unauthorized)
            output.WriteLine("  Give a key with --api-key or ORRERY_API_KEY; the server's first one is in <data>/admin.key.");
        if (refusal.RequestId is not null)
            output.WriteLine($"  request {refusal.RequestId}");
    }

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
