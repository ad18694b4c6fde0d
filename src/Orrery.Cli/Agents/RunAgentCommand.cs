using System.CommandLine;
using Microsoft.Extensions.Logging;
using Orrery.Agent;
using Orrery.Cli.Connection;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Agents;

/// <summary>Runs a satellite agent until Ctrl-C; what it still has to report stays in its folder.</summary>
internal static class RunAgentCommand
{
    private const double DefaultPollSeconds = 30;

    private static readonly Option<string> AgentId = new("--agent-id") { Description = "Who reports, like sat-25544", HelpName = "ID", Required = true };
    private static readonly Option<string> SatelliteId = new("--satellite-id") { Description = "For which satellite", HelpName = "NORAD", Required = true };

    private static readonly Option<double> PollInterval = new("--poll-interval")
    {
        Description = "Seconds between two polls",
        DefaultValueFactory = _ => DefaultPollSeconds,
        Validators = { result => Positive(result, result.GetValue(PollInterval!)) },
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Mission seconds per wall second",
        DefaultValueFactory = _ => 1,
        Validators = { result => Positive(result, result.GetValue(Speed!)) },
    };

    private static readonly Option<string?> Data = new("--data") { Description = "Where it keeps what is not reported yet (default <data folder>/agents/<agent-id>)", HelpName = "DIR" };
    private static readonly Option<bool> Contacts = new("--contacts") { Description = "Talk to the server in contact windows only" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("run", "Poll for work, execute its steps and report them") { AgentId, SatelliteId, PollInterval, Speed, Data, Contacts };
        command.Runs(terminal, async (context, cancellation) =>
        {
            using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            }));
            var options = context.Options;
            var agentId = options.GetRequiredValue(AgentId);
            var server = ServerLocator.Find(terminal, options.GetValue(GlobalOptions.ApiUrl), options.GetValue(GlobalOptions.ApiKey));
            var agent = new SatelliteAgent(
                new AgentOptions
                {
                    AgentId = agentId,
                    SatelliteId = options.GetRequiredValue(SatelliteId),
                    ApiUrl = server.Address,
                    ApiKey = server.Key,
                    PollInterval = TimeSpan.FromSeconds(options.GetValue(PollInterval)),
                    Speed = options.GetValue(Speed),
                    DataFolder = options.GetValue(Data) ?? Path.Combine(DataFolder.Of(terminal).Path, "agents", agentId),
                    Contacts = options.GetValue(Contacts),
                },
                logging.CreateLogger<SatelliteAgent>());
            await agent.Run(cancellation);
        });
        return command;
    }

    private static void Positive(System.CommandLine.Parsing.OptionResult result, double value)
    {
        if (value is not (> 0 and < double.PositiveInfinity))
            result.AddError($"{result.Option.Name}: expected a positive number.");
    }
}
