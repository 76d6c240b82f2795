using System.Text.Json;
using Aegis.Core.Faults;
using Aegis.Datasets.Files;

namespace Aegis.Datasets.Maps;

/// <summary>Reads a map's JSON and finds all its faults, each by its JSON path.</summary>
internal sealed class ColumnMapParser
{
    private static readonly JsonDocumentOptions Json = new()
        { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };
    private static readonly string[] OwnProperties = ["name", "delimiter", "choice"];

    private readonly List<string> _faults = [];

    private ColumnMapParser()
    {
    }

    /// <summary>Reads a map.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">The map's name in messages: a path, or the name of a shipped map.</param>
    /// <exception cref="DatasetException">The text is not JSON or not a map; the message names every fault.</exception>
    public static ColumnMap Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Json);
            var parser = new ColumnMapParser();
            var map = parser.Read(document.RootElement);
            return parser._faults.Count == 0
                ? map!
                : throw new DatasetException($"Column map '{source}': {string.Join("; ", parser._faults)}.");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"Column map '{source}' is not JSON: {FaultMessage.Of(e)}", e);
        }
    }

    private ColumnMap? Read(JsonElement root)
    {
        var map = new JsonFields(root, "$", _faults);
        if (!map.IsObject("an object with name, id, eventTime and so on"))
        {
            return null;
        }

        map.AllowOnly([.. OwnProperties, .. TargetField.All.Select(field => field.Name)]);
        var name = map.Text("name");
        if (string.IsNullOrWhiteSpace(name))
        {
            map.Fault("name", name, "a name for the map");
        }

        var fields = new Dictionary<TargetField, FieldMap>();
        foreach (var target in TargetField.All)
        {
            if (map.Child(target.Name) is { } field)
            {
                fields[target] = new FieldMapParser(target.Kind, field).Read();
            }
            else if (target.IsRequired)
            {
                map.Fault(target.Name, null, """where it comes from, as in {"column": "NAME"} or {"constant": "VALUE"}""");
            }
        }

        if (fields.ContainsKey(TargetField.Latitude) != fields.ContainsKey(TargetField.Longitude))
        {
            map.Fault(fields.ContainsKey(TargetField.Latitude)
                ? "longitude"
                : "latitude", null, "latitude and longitude together, or neither");
        }

        return new ColumnMap(name ?? "", ReadDelimiter(map), map.Text("choice"), fields);
    }

    private static char? ReadDelimiter(JsonFields map)
    {
        var text = map.Text("delimiter");
        if (text is null)
        {
            return null;
        }

        if (text is [var delimiter] && (char.IsAscii(delimiter) && !char.IsAsciiLetterOrDigit(delimiter))
            && delimiter is not ('"' or '\r' or '\n' or '\0'))
        {
            return delimiter;
        }

        map.Fault("delimiter", text, """one ASCII character that is neither letter nor digit, such as ",", ";", "|" or "\t"; without it the file's first lines tell""");
        return null;
    }
}
