using Aegis.MachineLearning.Bundles;

namespace Aegis.MachineLearning.External;

/// <summary>Says in plain words why somebody else's file cannot be used.</summary>
internal static class Opening
{
    /// <summary>Performs an action that reads or runs a file.</summary>
    /// <exception cref="FraudModelFormatException">The action failed.</exception>
    public static T Of<T>(string name, string failure, Func<T> act)
    {
        try
        {
            return act();
        }
        // Readers of arbitrary files may throw anything, undocumented. The only consequence is the refusal.
        catch (Exception e) when (e is not (OutOfMemoryException or FraudModelFormatException))
        {
            throw new FraudModelFormatException($"The model '{name}' {failure}: {Plain(Cause(e))}");
        }
    }

    private static string Cause(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e.Message;
    }

    /// <summary>The first sentence, without the parts for programmers: <c>[ErrorCode:InvalidProtobuf] Load model
    /// failed</c>, <c>... (Parameter 'schema')</c>.</summary>
    private static string Plain(string message)
    {
        var line = message.Split('\n', 2)[0].Trim();
        line = line.StartsWith('[') && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
            ? line[(end + 1)..].TrimStart()
            : line;
        return line.IndexOf(" (Parameter", StringComparison.Ordinal) is > 0 and var parameter ? line[..parameter] : line;
    }
}
