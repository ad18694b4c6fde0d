using Orrery.Cli.Output;
using Orrery.Contracts.Deployments;
using Spectre.Console;

namespace Orrery.Cli.Deployments;

internal static class DeploymentViews
{
    public static void RenderList(IAnsiConsole console, DeploymentPage page)
    {
        var table = Tables.Create(null, "Id", "Workload", ">Stage", "?>Attempt", "Satellite", "Status", "?Mode", "?Created");
        foreach (var deployment in page.Deployments)
        {
            table.Row(
                deployment.Id, deployment.WorkloadId, Cell.Number(deployment.Stage), Cell.Number(deployment.Attempt),
                deployment.SatelliteId, Statuses.Render(deployment.Status), deployment.Mode, Format.Time(deployment.CreatedAt));
        }
        console.Write(table);
        if (page.Offset + page.Deployments.Count < page.Total)
            console.WriteLine($"{page.Deployments.Count} of {page.Total}; more with --offset {page.Offset + page.Deployments.Count}");
    }

    public static void RenderOne(IAnsiConsole console, DeploymentView deployment)
    {
        console.MarkupLine(Statuses.Text(deployment.Status));
        console.Write(Tables.Facts(
            ("id", deployment.Id), ("workload", deployment.WorkloadId), ("plan", deployment.PlanId), ("stage", $"{deployment.Stage}, attempt {deployment.Attempt}"),
            ("satellite", deployment.SatelliteId), ("agent", deployment.AgentId ?? "–"), ("mode", deployment.Mode), ("created", Format.Time(deployment.CreatedAt)),
            ("dispatched", Format.Time(deployment.DispatchedAt)), ("finished", Format.Time(deployment.FinishedAt)), ("error", deployment.Error ?? "–")));
    }
}
