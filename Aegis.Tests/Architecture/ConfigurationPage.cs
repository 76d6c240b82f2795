using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>The generated parts of docs/configuration.md: every setting of an options class, every option of a command.</summary>
internal static partial class ConfigurationPage
{
    private static readonly string[] NotShipped = ["Aegis.Tests", "Aegis.Benchmarks", "Aegis.TestRig"];

    /// <summary>How the programs that have commands are called.</summary>
    private static readonly (string Assembly, string Call)[] Programs =
        [("Aegis.Scoring", "./aegis"), ("Aegis.Producer", "Aegis.Producer"), ("Aegis.Training", "Aegis.Training")];

    /// <summary>Options classes by section. An options class has a constant <c>Section</c>.</summary>
    public static IEnumerable<Type> OptionsClasses => Directory.GetFiles(AppContext.BaseDirectory, "Aegis.*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => !NotShipped.Contains(name))
        .SelectMany(name => Assembly.Load(name).GetTypes()).Where(type => type.GetField("Section") is { IsLiteral: true })
        .OrderBy(Section, StringComparer.Ordinal);

    /// <summary>The page with its generated parts written anew.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="upHelp">What <c>./aegis up --help</c> prints.</param>
    public static string Write(string page, string upHelp) =>
        Replace(Replace(page, "settings", string.Concat(OptionsClasses.Select(Settings))), "commands", Up(upHelp) + string.Concat(Programs.Select(Commands)));

    private static string Section(Type options) => (string)options.GetField("Section")!.GetRawConstantValue()!;

    private static string Replace(string page, string part, string text)
    {
        var (begin, end) = ($"<!-- {part} -->\n", $"<!-- end of {part} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal) + begin.Length, page.IndexOf(end, StringComparison.Ordinal));
        return from >= begin.Length && to >= from ? page[..from] + text + page[to..] : throw new FormatException($"configuration.md lacks '{begin.Trim()}' or '{end}'.");
    }

    private static string Settings(Type options)
    {
        var comments = new SourceComments(options);
        var rows = options.GetProperties().Where(property => property.CanWrite)
            .Select(property => $"| `{Section(options)}__{property.Name}` | {Cell(comments.Of(property.Name))} | {SettingRange.Of(property)} | {SettingRange.DefaultOf(property)} |\n");
        return $"### {Section(options)}\n\n{comments.Of(options.Name)}\n\n| variable | meaning | unit and range | default |\n|---|---|---|---|\n{string.Concat(rows)}\n";
    }

    private static string Up(string help)
    {
        // "  --count <count>  Transactions of this run. [default: 5]", where a narrow terminal goes on in the next lines, far to the right.
        var rows = HelpOption().Matches(help.Split("Options:")[^1]).Select(option =>
        {
            var text = Spaces().Replace(option.Groups[2].Value.Trim(), " ");
            var parts = text.TrimEnd(']').Split(" [default: ");
            var usual = parts.Length > 1 ? parts[1].Replace(Repository.Root + "/", "", StringComparison.Ordinal) : "";
            return (Name: option.Groups[1].Value, Text: parts[0], Usual: usual.Length > 0 ? $"`{usual}`" : "");
        });
        return Table("./aegis up", "Runs everything in the foreground.", rows.Where(row => row.Name != "--version").Select(row => $"| `{row.Name}` | {Cell(row.Text)} | {row.Usual} |\n"));
    }

    private static string Commands((string Assembly, string Call) program) => string.Concat(
        Assembly.Load(program.Assembly).GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.ReturnType == typeof(Command) && method.GetParameters().Length == 0)
            .Select(method => (Command)method.Invoke(null, null)!).OrderBy(command => command.Name, StringComparer.Ordinal)
            .Select(command => Commands(command, program.Call)));

    private static string Commands(Command command, string call) =>
        Table($"{call} {command.Name}", command.Description ?? "", [
            .. command.Arguments.Select(argument => $"| `{argument.Name}` | {Cell(argument.Description)} | required |\n"),
            .. command.Options.Select(option => $"| `{option.Name}` | {Cell(option.Description)} | {Default(option)} |\n"),
        ]) + string.Concat(command.Subcommands.Select(below => Commands(below, $"{call} {command.Name}")));

    private static string Table(string call, string description, IEnumerable<string> rows)
    {
        var table = string.Concat(rows);
        return $"### {call}\n\n{description}\n\n" + (table.Length == 0 ? "" : $"| option | meaning | default |\n|---|---|---|\n{table}\n");
    }

    private static string Default(Option option) =>
        option.Required ? "required"
        : option.ValueType == typeof(bool) ? "off"
        : !option.HasDefaultValue || option.Description!.Contains("without it", StringComparison.Ordinal) ? ""
        : SettingRange.Text(option.GetDefaultValue());

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"^  (--[a-z-]+)(?: <[^>]+>)? +(.+(?:\n {8,}.+)*)$", RegexOptions.Multiline)]
    private static partial Regex HelpOption();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
