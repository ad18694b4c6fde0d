using System.CommandLine;
using Orrery.Cli.Agents;
using Orrery.Cli.Connection;
using Orrery.Cli.Deployments;
using Orrery.Cli.Fleet;
using Orrery.Cli.Hosting;
using Orrery.Cli.Jobs;
using Orrery.Cli.Keys;

namespace Orrery.Cli;

internal static class OrreryCommand
{
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("Plan, price and run compute in orbit and on the ground.")
        {
            UpCommand.Create(terminal),
            DemoCommand.Create(terminal),
            JobsCommand.Create(terminal),
            FleetCommand.Create(terminal),
            DeploymentsCommand.Create(terminal),
            AgentCommand.Create(terminal),
            KeysCommand.Create(terminal),
            BackupCommand.Create(terminal),
            RestoreCommand.Create(terminal),
            VersionCommand.Create(terminal),
        };
        root.Options.Add(GlobalOptions.ApiUrl);
        root.Options.Add(GlobalOptions.ApiKey);
        root.Options.Add(GlobalOptions.Json);
        return root;
    }
}
