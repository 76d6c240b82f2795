using System.CommandLine;

namespace Aegis.Training.Verbs;

/// <summary><c>schema</c>: prints the contents of a feature vector as the page docs/features.md.</summary>
internal static class SchemaVerb
{
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "As a page in Markdown.", Required = true };

    public static Command Create()
    {
        var command = new Command("schema", "Prints what stands in a feature vector.") { Markdown };
        command.SetAction(_ => Console.Write(FeaturePage.Write()));
        return command;
    }
}
