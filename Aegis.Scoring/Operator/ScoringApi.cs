using System.CommandLine;
using Aegis.Client;

namespace Aegis.Scoring.Operator;

/// <summary>Calls the running service that a command line names.</summary>
internal static class ScoringApi
{
    /// <summary>Where the service listens.</summary>
    public static readonly Option<string> Url = new("--url")
        { Description = "Where the scoring service listens.", DefaultValueFactory = _ => "http://localhost:5081", Recursive = true };

    /// <summary>The key that guards the service.</summary>
    public static readonly Option<string?> KeyFile = new("--api-key-file")
        { Description = "File with the service's API key; or set AEGIS_API_KEY.", Recursive = true };

    // A command may wait long: for an export, or for a service that is just starting.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    /// <summary>Runs an action with a client of the service. Every failure becomes one sentence.</summary>
    /// <exception cref="CommandException">--url is no address, or the service refuses or does not answer.</exception>
    public static async Task UseAsync(ParseResult parsed, Func<AegisClient, Task> action)
    {
        var url = parsed.GetValue(Url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"--url is '{url}'; allowed: an address such as http://localhost:5081.");
        }

        using var client = AegisClient.At(address, KeyOf(parsed), TimeLimit);
        try
        {
            await action(client);
        }
        catch (AegisRefusedException e)
        {
            throw new CommandException(e.Message);
        }
        catch (AegisUnavailableException e) when (e.InnerException is HttpRequestException cause)
        {
            throw new CommandException(
                $"No scoring service answers at {address} ({cause.Message}). Start it with ./aegis up, or name another with --url.");
        }
        catch (AegisUnavailableException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static string? KeyOf(ParseResult parsed)
    {
        if (parsed.GetValue(KeyFile) is not { } path)
        {
            return Environment.GetEnvironmentVariable("AEGIS_API_KEY");
        }

        return File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : throw new CommandException($"--api-key-file is '{path}', which does not exist; allowed: the path of a file that holds the key.");
    }
}
