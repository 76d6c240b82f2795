using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aegis.Core.Faults;

/// <summary>The message of an exception as a user reads it: without the names of parameters and .NET types that the
/// framework adds for programmers.</summary>
public static partial class FaultMessage
{
    /// <summary>The message.</summary>
    public static string Of(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault switch
        {
            JsonException json => OfJson(json),
            // "0 rows; allowed: 1 or more. (Parameter 'rows')", then a line with the value where it is out of range.
            ArgumentException { ParamName: { } name } => Before(fault.Message, $" (Parameter '{name}')"),
            _ => OfText(fault.Message),
        };
    }

    /// <summary>A message that a library wrote, such as <c>Cannot parse argument '3' for option '--fresh' as expected type
    /// 'System.Boolean'.</c></summary>
    public static string OfText(string message)
    {
        message = Argument().Replace(message, match => Refusal(match.Groups["name"].Value, match));
        message = Setting().Replace(message, match => Refusal(match.Groups["name"].Value, match));
        return Annotation().Replace(message, match => match.Groups["rest"].Value);
    }

    /// <summary>True for a setting's value that is not of its kind, which the framework throws as a general exception.</summary>
    public static bool IsOfASetting(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault is InvalidOperationException && Setting().IsMatch(fault.Message);
    }

    private static string OfJson(JsonException fault)
    {
        var place = fault.LineNumber is { } line ? $"line {line + 1}: " : "";
        if (NotConverted().Match(fault.Message) is { Success: true } kind)
        {
            return $"{place}{fault.Path} is no {KindOf(kind.Groups["type"].Value)}";
        }

        if (NotKnown().Match(fault.Message) is { Success: true } unknown)
        {
            return $"{place}{unknown.Groups["name"].Value} is not known";
        }

        return Missing().Match(fault.Message) is { Success: true } missing
            ? $"{missing.Groups["names"].Value} {(missing.Groups["names"].Value.Contains(',', StringComparison.Ordinal) ? "are" : "is")} missing"
            : place + Before(Before(Before(fault.Message, " Path: "), " LineNumber: "), " Change the reader options").TrimEnd('.');
    }

    private static string Refusal(string name, Match match) =>
        $"{name} is '{match.Groups["value"].Value}'; allowed: {AllowedOf(match.Groups["type"].Value)}.";

    private static string AllowedOf(string type) => Required(type) switch
    {
        "System.Boolean" => "true or false",
        "System.DateOnly" => "a date such as 2025-01-31",
        "System.TimeSpan" => "a time such as 00:01:30",
        var required => $"a {KindOf(required)}",
    };

    private static string KindOf(string type) => Required(type) switch
    {
        "System.Int32" or "System.Int64" or "System.UInt32" or "System.UInt64" => "whole number in range",
        "System.Single" or "System.Double" or "System.Decimal" => "number",
        "System.String" => "text",
        "System.Boolean" => "true or false",
        _ => "value of the kind that belongs there",
    };

    // System.Nullable`1[System.Int32]
    private static string Required(string type)
    {
        const string Optional = "System.Nullable`1[";
        return type.StartsWith(Optional, StringComparison.Ordinal) ? type[Optional.Length..^1] : type;
    }

    private static string Before(string message, string suffix) =>
        message.IndexOf(suffix, StringComparison.Ordinal) is >= 0 and var end ? message[..end] : message;

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (?:option|command|argument) '(?<name>[^']*)' as expected type '(?<type>[^']*)'\\.")]
    private static partial Regex Argument();

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<name>[^']*)' to type '(?<type>[^']*)'\\.")]
    private static partial Regex Setting();

    [GeneratedRegex("DataAnnotation validation failed for '[^']*' members: '[^']*' with the error: '(?<rest>.*?)'\\.(?=; |$)")]
    private static partial Regex Annotation();

    [GeneratedRegex("^The JSON value could not be converted to (?<type>[^ ]+?)\\.? ")]
    private static partial Regex NotConverted();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any \\.NET member")]
    private static partial Regex NotKnown();

    [GeneratedRegex("^JSON deserialization for type '.*' was missing required properties including: (?<names>.*)\\.$")]
    private static partial Regex Missing();
}
