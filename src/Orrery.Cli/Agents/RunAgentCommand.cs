using System.CommandLine;
using Microsoft.Extensions.Logging;
using Orrery.Agent;
using Orrery.Cli.Connection;
using Orrery.Cli.Runtime;
using Orrery.Orbits;

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
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultPollSeconds,
        Validators = { Positive },
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Mission seconds per wall second",
        HelpName = "FACTOR",
        DefaultValueFactory = _ => 1,
        Validators = { Positive },
    };

    private static readonly Option<string?> Data = new("--data") { Description = "Where it keeps what is not reported yet (default <data folder>/agents/<agent-id>)", HelpName = "DIR" };
    private static readonly Option<bool> Contacts = new("--contacts") { Description = "Talk to the server in contact windows only" };

    private static readonly Option<bool> NoPrograms = new("--no-programs") { Description = "Refuse stages that have a real program" };

    private static readonly Option<FileInfo?> Elements = new("--elements")
    {
        Description = "Two-line elements of the satellite (else those that come with Orrery)",
        HelpName = "FILE",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("run", "Poll for work, execute its steps and report them")
        {
            AgentId, SatelliteId, PollInterval, Speed, Data, Contacts, NoPrograms, Elements,
        };
        command.Runs(terminal, async (context, cancellation) =>
        {
            using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            }));
            var agent = new SatelliteAgent(Read(context.Options, terminal), logging.CreateLogger<SatelliteAgent>(), terminal.Clock);
            await agent.Run(cancellation);
        });
        return command;
    }

    private static AgentOptions Read(ParseResult options, Terminal terminal)
    {
        var agentId = options.GetRequiredValue(AgentId);
        var satelliteId = options.GetRequiredValue(SatelliteId);
        var server = ServerLocator.Find(terminal, options.GetValue(GlobalOptions.ApiUrl), options.GetValue(GlobalOptions.ApiKey));
        return new()
        {
            AgentId = agentId,
            SatelliteId = satelliteId,
            ApiUrl = server.Address,
            ApiKey = server.Key,
            PollInterval = TimeSpan.FromSeconds(options.GetValue(PollInterval)),
            Speed = options.GetValue(Speed),
            DataFolder = options.GetValue(Data) ?? Path.Combine(DataFolder.Of(terminal).Path, "agents", agentId),
            Contacts = options.GetValue(Contacts),
            RunsPrograms = !options.GetValue(NoPrograms),
            Elements = options.GetValue(Elements) is { } file ? ReadElements(file.FullName, satelliteId) : null,
        };
    }

    private static ElementSet ReadElements(string file, string satelliteId)
    {
        try
        {
            return TleReader.Read(File.ReadAllText(file)).FirstOrDefault(elements => elements.NoradId.ToString() == satelliteId)
                ?? throw new CommandException(ExitCodes.BadInput, $"{file} has no elements of satellite {satelliteId}.");
        }
        catch (ElementFormatException e)
        {
            throw new CommandException(ExitCodes.BadInput, $"{file}: {e.Message}");
        }
    }

    private static void Positive(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens is [var token, ..] && !(double.TryParse(token.Value, out var value) && value > 0 && double.IsFinite(value)))
            result.AddError($"{result.Option.Name}: expected a positive number.");
    }
}
