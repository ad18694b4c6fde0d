using Orrery.Agent.Stages;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Journal;

/// <summary>The stage at hand.</summary>
/// <param name="Work">What is to be done.</param>
/// <param name="Since">When it was taken on, wall time; mission time is counted from here.</param>
/// <param name="Position">What it has reported so far.</param>
internal sealed record CurrentWork(AgentWork Work, DateTimeOffset Since, RunPosition Position);
