using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Output;

/// <summary>How a command shows its answer.</summary>
internal enum OutputFormat
{
    Table,
    Wide,
    Json,
    Yaml,
    Name,
}

/// <summary><c>-o table|wide|json|yaml|name</c>; <c>--json</c> is short for <c>-o json</c>.</summary>
internal static class OutputOption
{
    private static readonly Option<string?> Output = Create();

    public static Option<string?> Option => Output;

    public static OutputFormat Format(this CommandContext context) =>
        context.IsJson ? OutputFormat.Json
        : context.Options.GetValue(Output) is { } name ? Enum.Parse<OutputFormat>(name, ignoreCase: true)
        : OutputFormat.Table;

    /// <summary>Prints the server's last answer as JSON or YAML, the names alone, or what people read.</summary>
    /// <param name="context">The command, after its call.</param>
    /// <param name="names">Ids, one a line.</param>
    /// <param name="render">Gets whether it may be wide.</param>
    public static void Show(this CommandContext context, IEnumerable<string> names, Action<bool> render)
    {
        switch (context.Format())
        {
            case OutputFormat.Json:
                JsonOutput.Write(context.Terminal.Output, context.LastAnswer);
                break;
            case OutputFormat.Yaml:
                YamlOutput.Write(context.Terminal.Output, context.LastAnswer);
                break;
            case OutputFormat.Name:
                foreach (var name in names)
                    context.Terminal.Output.WriteLine(name);
                break;
            default:
                render(context.Format() == OutputFormat.Wide);
                break;
        }
    }

    private static Option<string?> Create()
    {
        var option = new Option<string?>("--output", "-o") { Description = "How to print the answer", HelpName = "table|wide|json|yaml|name" };
        option.AcceptOnlyFromAmong("table", "wide", "json", "yaml", "name");
        return option;
    }
}
