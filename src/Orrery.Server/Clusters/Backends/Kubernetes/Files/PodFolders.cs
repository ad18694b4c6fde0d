using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>
/// The folders of a program with files, as a volume of its pod. A container before the program waits until it is given them; one beside
/// it stays when the program has ended, so that what it left can be read. Both are of the program's image, which has <c>sh</c>, <c>tar</c>, <c>head</c> and <c>find</c>.
/// </summary>
internal static class PodFolders
{
    /// <summary>Waits for what the program is given.</summary>
    public const string Giver = "give";

    /// <summary>Outlives the program.</summary>
    public const string Keeper = "keep";

    public const string Input = "in";
    public const string Output = "out";
    public const string State = "state";
    public const string Root = "/orrery";

    /// <summary>The last file of what is given: what was cut off has none.</summary>
    public const string Whole = ".whole";

    /// <summary>Kind of a file that is kept.</summary>
    public const string Plain = "file";

    /// <summary>The line after the last file.</summary>
    public const string End = "end";

    private const string Volume = "orrery-files";

    /// <summary>Of the pod's cores in thousandths, for the container beside the program, which sleeps as long as that runs.</summary>
    private const long KeeperMillis = 10;

    /// <summary>Also what packing takes.</summary>
    private const long KeeperMemory = 32L << 20;

    /// <summary>It gets at most this share of a small pod.</summary>
    private const int SmallestShare = 4;

    /// <summary>Takes the first that is whole. May be ended anywhere and begun again: the inputs come last.</summary>
    private const string Wait =
        """
        set -e
        cd /orrery
        until [ -d in ]; do
          for ready in .*.ready; do
            [ -e "$ready" ] || continue
            given=${ready%.ready}
            if [ ! -d state ]; then
              if [ -d "$given/state" ]; then mv "$given/state" state; else mkdir state; fi
            fi
            mkdir -p out
            mv "$given/in" in
            break
          done
          [ -d in ] || sleep 0.1 || sleep 1
        done
        rm -rf .[!.]*
        """;

    /// <summary>Unpacks <c>$2</c> bytes under the name <c>$1</c>, which nobody else uses; what is not whole leaves nothing.</summary>
    private const string Unpack =
        """
        mkdir "/orrery/.$1" && head -c "$2" | tar -x -o -f - -C "/orrery/.$1" && [ -e "/orrery/.$1/.whole" ] && : >"/orrery/.$1.ready" && exit 0
        rm -rf "/orrery/.$1"
        exit 1
        """;

    private const string Stay = "until [ -e /orrery/.leave ]; do sleep 1; done";

    /// <summary>Each file: a line with kind, size and path, then its bytes; a line of its own says that it was the last. Pipes are not opened, links not followed.</summary>
    private const string List =
        """
        cd /orrery && find out state ! -type d -exec sh -c '
        for f; do
          if [ -f "$f" ] && [ ! -h "$f" ]; then
            s=$(stat -c %s "$f" 2>/dev/null || wc -c <"$f") && echo "file $s $f" && cat "$f" || exit 1
          else
            echo "other 0 $f"
          fi
        done' sh {} + && echo end
        """;

    public static IReadOnlyList<string> Leave { get; } = ["sh", "-c", ": >/orrery/.leave"];

    public static IReadOnlyList<string> Tell { get; } = ["sh", "-c", List];

    public static bool HasKeeper(this K8s.Pod pod) => pod.Spec?.Containers.Exists(one => one.Name == Keeper) == true;

    public static ContainerStatus? GiverStatus(this K8s.Pod pod) => pod.Status?.InitContainerStatuses?.Find(one => one.Name == Giver);

    public static ContainerStatus? KeeperStatus(this K8s.Pod pod) => pod.Status?.ContainerStatuses?.Find(one => one.Name == Keeper);

    /// <summary>Its program has not got its files yet.</summary>
    public static bool AwaitsFiles(this K8s.Pod pod) => pod.HasKeeper() && pod.GiverStatus()?.State?.Terminated is null;

    public static IReadOnlyList<string> Take(string name, long bytes) => ["sh", "-c", Unpack, "sh", name, bytes.ToString(CultureInfo.InvariantCulture)];

    /// <summary>A pod of a program without files as one of a program with them. The keeper's share comes from the program's, whose cores it has when that has ended.</summary>
    public static PodSpec With(PodSpec spec, ReplicaResources resources)
    {
        var memory = Math.Min(KeeperMemory, resources.MemoryBytes / SmallestShare);
        var cpu = Math.Min(KeeperMillis, resources.CpuMillis / SmallestShare);
        var main = spec.Containers[0];
        var share = PodBuilder.Resources(new ReplicaResources(cpu, memory, 0, 0, 0));
        var keeper = new Container
        {
            Name = Keeper,
            Image = main.Image,
            Command = Command(Stay),
            VolumeMounts = [new VolumeMount(Volume, Root)],
            Resources = share with { Limits = new(share.Limits!, StringComparer.Ordinal) { ["cpu"] = PodBuilder.Millis(resources.CpuMillis) } },
        };
        var alone = PodBuilder.Resources(resources with { Gpus = 0, EphemeralStorageBytes = 0 }); // nothing else of the pod runs beside it
        List<EnvVar> told = [PodBuilder.Told("ORRERY_INPUT_DIR", $"{Root}/{Input}"), PodBuilder.Told("ORRERY_OUTPUT_DIR", $"{Root}/{Output}"), PodBuilder.Told("ORRERY_STATE_DIR", $"{Root}/{State}")];
        return spec with
        {
            InitContainers = [keeper with { Name = Giver, Command = Command(Wait), Resources = alone }],
            Containers =
            [
                main with
                {
                    Env = [.. told, .. main.Env ?? []],
                    VolumeMounts = [.. main.VolumeMounts ?? [], new VolumeMount(Volume, Root)],
                    Resources = PodBuilder.Resources(resources with { CpuMillis = resources.CpuMillis - cpu, MemoryBytes = resources.MemoryBytes - memory }),
                },
                keeper,
            ],
            Volumes = [.. spec.Volumes ?? [], new Volume { Name = Volume, EmptyDir = new EmptyDirVolume(SizeLimit: resources.EphemeralStorageBytes > 0 ? PodBuilder.Bytes(resources.EphemeralStorageBytes) : null) }],
        };
    }

    /// <summary>Memory in bytes that a pod needs above what its program may have.</summary>
    public static long Overhead => KeeperMemory;

    private static List<string> Command(string script) => ["/bin/sh", "-c", script.Replace("$", "$$", StringComparison.Ordinal)];
}
