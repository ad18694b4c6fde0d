using System.CommandLine;
using Orrery.Cli.Agents;
using Orrery.Cli.Clusters;
using Orrery.Cli.Connection;
using Orrery.Cli.Deployments;
using Orrery.Cli.Examples;
using Orrery.Cli.Fleet;
using Orrery.Cli.Hosting;
using Orrery.Cli.Jobs;
using Orrery.Cli.Keys;
using Orrery.Cli.Runtime;

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
            ClusterCommand.Create(terminal),
            DeploymentsCommand.Create(terminal),
            AgentCommand.Create(terminal),
            KeysCommand.Create(terminal),
            NodeCommand.Create(terminal),
            BackupCommand.Create(terminal),
            RestoreCommand.Create(terminal),
            ExampleCommand.Create(terminal),
            VersionCommand.Create(terminal),
        };
        root.Options.Add(GlobalOptions.ApiUrl);
        root.Options.Add(GlobalOptions.ApiKey);
        root.Options.Add(GlobalOptions.Json);
        HelpExamples.Install(root);
        return root;
    }
}
