using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Orrery.Cli.Runtime;

/// <summary>Examples that <c>--help</c> of a command ends with.</summary>
internal static class HelpExamples
{
    private static readonly ConditionalWeakTable<Command, string> Texts = [];

    public static Command WithExamples(this Command command, string examples)
    {
        Texts.Add(command, examples);
        return command;
    }

    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is SynchronousCommandLineAction usual)
                option.Action = new HelpWithExamples(usual);
        }
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => usual.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            var result = usual.Invoke(parseResult);
            if (Texts.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var line in examples.Split('\n'))
                    output.WriteLine($"  {line}".TrimEnd());
            }
            return result;
        }
    }
}
