using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Searching;

namespace Aegis.Tests.Architecture;

/// <summary>The generated parts of docs/configuration.md: settings of services, options of commands, options of detectors.</summary>
internal static partial class ConfigurationPage
{
    private static readonly string[] NotShipped = ["Aegis.Tests", "Aegis.Benchmarks", "Aegis.TestRig"];
    private static readonly string[] OptionColumns = ["option", "meaning", "default"];

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
    public static string Write(string page, string upHelp)
    {
        page = Replace(page, "settings", string.Concat(OptionsClasses.Select(Settings)));
        page = Replace(page, "commands", Up(upHelp) + string.Concat(Programs.Select(Commands)));
        return Replace(page, "detectors", Detectors());
    }

    private static string Replace(string page, string part, string text)
    {
        var (begin, end) = ($"<!-- {part} -->\n", $"<!-- end of {part} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal) + begin.Length, page.IndexOf(end, StringComparison.Ordinal));
        return from >= begin.Length && to >= from
            ? page[..from] + text + page[to..]
            : throw new FormatException($"configuration.md lacks '{begin.Trim()}' or '{end}'.");
    }

    private static string Section(Type options) => (string)options.GetField("Section")!.GetRawConstantValue()!;

    private static string Settings(Type options)
    {
        var comments = new SourceComments(options);
        string[] columns = ["variable", "meaning", "unit and range", "default"];
        return Table(Section(options), comments.Of(options.Name), columns, Settable(options).Select(property => new[]
        {
            $"`{Section(options)}__{property.Name}`", comments.Of(property.Name), SettingRange.Of(property), SettingRange.DefaultOf(
                property),
        }));
    }

    // What programs set in code, and what a replay chooses into a file: its names are written as JSON has them.
    private static string Detectors() => string.Concat(
        Assembly.Load("Aegis.MachineLearning").GetExportedTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetConstructor([]) is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => Properties(type, type.Name, name => name))
            .Append(Properties(typeof(ModelChoice), "The file of --options", JsonNamingPolicy.CamelCase.ConvertName)));

    private static string Properties(Type options, string heading, Func<string, string> nameOf)
    {
        var comments = new SourceComments(options);
        return Table(heading, comments.Of(options.Name), OptionColumns, Settable(options).Select(property =>
        {
            var usual = SettingRange.DefaultOf(property);
            return new[] { $"`{nameOf(property.Name)}`", comments.Of(property.Name), property.PropertyType.IsEnum ? nameOf(usual) : usual };
        }));
    }

    private static IEnumerable<PropertyInfo> Settable(Type options) => options.GetProperties().Where(property => property.CanWrite);

    private static string Up(string help)
    {
        var options = HelpOption().Matches(help.Split("Options:")[^1]).Where(option => option.Groups[1].Value != "--version");
        return Table("./aegis up", "Runs everything in the foreground.", OptionColumns, options.Select(option =>
        {
            // "  --count <count>  Transactions of this run. [default: 5]", where a narrow terminal goes on in the next lines, far to the
            // right.
            var parts = Spaces().Replace(option.Groups[2].Value.Trim(), " ").TrimEnd(']').Split(" [default: ");
            var usual = parts.Length > 1 ? parts[1].Replace(Repository.Root + "/", "", StringComparison.Ordinal) : "";
            return new[] { $"`{option.Groups[1].Value}`", parts[0], usual };
        }));
    }

    private static string Commands((string Assembly, string Call) program) => string.Concat(
        Assembly.Load(program.Assembly).GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.ReturnType == typeof(Command) && method.GetParameters().Length == 0)
            .Select(method => (Command)method.Invoke(null, null)!).OrderBy(command => command.Name, StringComparer.Ordinal)
            .Select(command => Commands(command, program.Call)));

    private static string Commands(Command command, string call) =>
        Table($"{call} {command.Name}", command.Description, OptionColumns, [
            .. command.Arguments.Select(argument => new[] { $"`{argument.Name}`", argument.Description ?? "", "required" }),
            .. command.Options.Select(option => new[] { $"`{option.Name}`", option.Description ?? "", Default(option) }),
        ]) + string.Concat(command.Subcommands.Select(below => Commands(below, $"{call} {command.Name}")));

    private static string Default(Option option) =>
        option.Required ? "required"
        : option.ValueType == typeof(bool) ? "off"
        : !option.HasDefaultValue || option.Description!.Contains("without it", StringComparison.Ordinal) ? ""
        : SettingRange.Text(option.GetDefaultValue());

    private static string Table(string heading, string? description, string[] columns, IEnumerable<string[]> rows)
    {
        var table = string.Concat(
            rows.Select(row => $"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n"));
        var head = table.Length == 0 ? "" : $"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n";
        return $"### {heading}\n\n{description}\n\n{head}{table}{(table.Length == 0 ? "" : "\n")}";
    }

    [GeneratedRegex(@"^  (--[a-z-]+)(?: <[^>]+>)? +(.+(?:\n {8,}.+)*)$", RegexOptions.Multiline)]
    private static partial Regex HelpOption();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
