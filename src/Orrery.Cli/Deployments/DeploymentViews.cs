using Orrery.Cli.Output;
using Orrery.Contracts.Deployments;
using Spectre.Console;

namespace Orrery.Cli.Deployments;

internal static class DeploymentViews
{
    public static void RenderList(IAnsiConsole console, DeploymentPage page)
    {
        var table = Tables.Create(null, "Id", "Workload", ">Stage", ">Attempt", "Satellite", "Status", "Mode", "Created");
        foreach (var deployment in page.Deployments)
        {
            table.Rendered(
                deployment.Id.Cell(), deployment.WorkloadId.Cell(), $"{deployment.Stage}".Cell(), $"{deployment.Attempt}".Cell(),
                deployment.SatelliteId.Cell(), Statuses.Render(deployment.Status), deployment.Mode.Cell(), Format.Time(deployment.CreatedAt).Cell());
        }
        console.Write(table);
        if (page.Offset + page.Deployments.Count < page.Total)
            console.WriteLine($"{page.Deployments.Count} of {page.Total}; more with --offset {page.Offset + page.Deployments.Count}");
    }

    public static void RenderOne(IAnsiConsole console, DeploymentView deployment)
    {
        console.Write(Statuses.Render(deployment.Status));
        console.WriteLine();
        console.Write(Tables.Facts(
            ("id", deployment.Id), ("workload", deployment.WorkloadId), ("plan", deployment.PlanId), ("stage", $"{deployment.Stage}, attempt {deployment.Attempt}"),
            ("satellite", deployment.SatelliteId), ("agent", deployment.AgentId ?? "–"), ("mode", deployment.Mode), ("created", Format.Time(deployment.CreatedAt)),
            ("dispatched", Format.Time(deployment.DispatchedAt)), ("finished", Format.Time(deployment.FinishedAt)), ("error", deployment.Error ?? "–")));
    }
}
