using Orrery.Bench;

// Each bench prints rows for docs/performance.md; peers and the machine's own limits run beside it.
if (args is [KubernetesBench.Child])
{
    await KubernetesBench.Serve();
    return 0;
}
var names = args.Length > 0 ? args : ["disk", "events", "preview", "classes", "cut", "orbits", "constellation", "scheduling", "creates", "lists", "admission", "kubernetes", "slurm"]; // kubernetes-real: when it is asked for, on the cluster of KUBECONFIG
foreach (var name in names)
{
    Report.Heading(name);
    switch (name)
    {
        case "disk":
            DiskBench.Run();
            break;
        case "events":
            await EventBench.Run();
            break;
        case "preview":
            await PreviewBench.Run();
            break;
        case "classes":
            await ClassBench.Run();
            break;
        case "cut":
            CutBench.Run();
            break;
        case "orbits":
            OrbitBench.Run();
            break;
        case "constellation":
            ConstellationBench.Run();
            break;
        case "scheduling":
            SchedulingBench.Run();
            break;
        case "creates":
            await ClusterBench.Creates();
            break;
        case "lists":
            await ClusterBench.Lists();
            break;
        case "admission":
            await AdmissionBench.Run();
            break;
        case "kubernetes":
            await KubernetesBench.Double();
            break;
        case "kubernetes-real":
            await KubernetesBench.Real();
            break;
        case "slurm":
            await SlurmBench.Run();
            break;
        default:
            Console.Error.WriteLine($"There is no bench '{name}': disk, events, preview, classes, orbits, constellation, scheduling, creates, lists, admission, kubernetes, kubernetes-real, slurm.");
            return 2;
    }
}
return 0;
