using Orrery.Contracts.Agents;

namespace Orrery.Agent.Programs;

/// <summary>Runs the real program of a stage: here, or for a simulated satellite wherever its host runs programs.</summary>
public interface IProgramRunner
{
    /// <summary>
    /// Runs it to its end and keeps what it left; after a restart of the host goes on with it, or runs it again. When this
    /// returns, the outputs are where the next stages find them.
    /// </summary>
    /// <exception cref="OperationCanceledException">The program was ended, and nothing of it runs.</exception>
    Task<ProgramEnd> Run(AgentWork work, CancellationToken ct);
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Null: it did not end by itself, or was not started.</param>
/// <param name="Problem">Why it counts as failed, in words; null: it ended well.</param>
/// <param name="Outputs">Files that were kept.</param>
/// <param name="OutputBytes">Their bytes together.</param>
public sealed record ProgramEnd(int? ExitCode, string? Problem, int Outputs, long OutputBytes);
