using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>What every JSON object that a caller sends must be: an object of known fields, each once, in Unicode.</summary>
public static class JsonObjectRules
{
    /// <summary>Notes what breaks the rules, and reads the object by <paramref name="read"/>.</summary>
    /// <param name="json">The object.</param>
    /// <param name="fields">The names of the known fields.</param>
    /// <param name="faults">Receives every fault.</param>
    /// <param name="read">Reads the fields and notes their faults.</param>
    /// <returns>What was read; null if it is no object, or not Unicode.</returns>
    public static T? Read<T>(JsonElement json, IReadOnlyCollection<string> fields, List<TransactionFault> faults, Func<T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(read);
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(TransactionFault.Of("$", json.GetRawText(), "a JSON object"));
            return null;
        }

        try
        {
            CheckNames(json, fields, faults);
            return read();
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for text that is not Unicode: a lone surrogate, or bytes that are not UTF-8.
            faults.Add(TransactionFault.Of("$", "text that is not Unicode", "well-formed UTF-8 without lone surrogates"));
            return null;
        }
    }

    private static void CheckNames(JsonElement json, IReadOnlyCollection<string> fields, List<TransactionFault> faults)
    {
        var seen = new HashSet<string>();
        foreach (var property in json.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                faults.Add(TransactionFault.Of(property.Name, property.Value.GetRawText(), "the field once; it comes twice"));
            }
            else if (!fields.Contains(property.Name))
            {
                var allowed = $"no such field; the fields are {string.Join(", ", fields)}";
                faults.Add(TransactionFault.Of(property.Name, property.Value.GetRawText(), allowed));
            }
        }
    }
}
