using System.Reflection;
using Aegis.Datasets.Files;

namespace Aegis.Datasets.Maps;

/// <summary>How a CSV file's columns become transactions. Shipped maps and users' own maps are the same JSON, described
/// in docs/datasets.md.</summary>
public sealed class ColumnMap
{
    internal ColumnMap(string name, char? delimiter, string? choice, IReadOnlyDictionary<TargetField, FieldMap> fields) =>
        (Name, Delimiter, Choice, Fields) = (name, delimiter, choice, fields);

    /// <summary>The names of the shipped maps.</summary>
    public static IReadOnlyList<string> ShippedNames { get; } = 
        ["native", "simulated", "handbook", "sparkov", "kaggle-sparkov", "tabformer", "paysim", "banksim", "ieee-cis"];

    /// <summary>The map's name.</summary>
    public string Name { get; }

    /// <summary>The character between cells; null if the file's first lines show it.</summary>
    public char? Delimiter { get; }

    /// <summary>The name of the shipped choice of inputs, forest and weights that suits such files; null for the default.</summary>
    public string? Choice { get; }

    /// <summary>The source of each field.</summary>
    internal IReadOnlyDictionary<TargetField, FieldMap> Fields { get; }

    /// <summary>A shipped map by name, or a user's by the path of its JSON file.</summary>
    /// <exception cref="DatasetException">The name is unknown, or the map is wrong: the message names every fault with
    /// its JSON path, the value and what is allowed.</exception>
    public static ColumnMap Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (ShippedNames.Contains(nameOrPath))
        {
            using var shipped = new StreamReader(
                Assembly.GetExecutingAssembly().GetManifestResourceStream($"Aegis.Datasets.Maps.{nameOrPath}.json")!);
            return ColumnMapParser.Parse(shipped.ReadToEnd(), nameOrPath);
        }

        return File.Exists(nameOrPath)
            ? ColumnMapParser.Parse(File.ReadAllText(nameOrPath), nameOrPath)
            : throw new DatasetException(
                $"Column map '{nameOrPath}' is unknown; allowed: {string.Join(", ", ShippedNames)}, or the path of a JSON file.");
    }
}
