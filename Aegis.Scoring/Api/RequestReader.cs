using System.Text.Json;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>Reads transactions from request bodies.</summary>
internal sealed class RequestReader(CardTokeniser tokeniser, TimeProvider time)
{
    /// <summary>The largest body of one transaction, in bytes.</summary>
    public const int MaxSingleBytes = 64 << 10;

    /// <summary>Reads one transaction.</summary>
    public async Task<(Transaction? Transaction, List<TransactionFault> Faults)> ReadOneAsync(HttpRequest request)
    {
        var faults = new List<TransactionFault>();
        if (await ParseAsync(request, faults) is not { } document)
        {
            return (null, faults);
        }

        using (document)
        {
            return (TransactionJson.Read(document.RootElement, tokeniser, time.GetUtcNow(), faults), faults);
        }
    }

    /// <summary>Reads one transaction or an array. A single fault rejects the whole request.</summary>
    public async Task<(List<Transaction> Transactions, List<TransactionFault> Faults)> ReadManyAsync(HttpRequest request)
    {
        var faults = new List<TransactionFault>();
        var transactions = new List<Transaction>();
        if (await ParseAsync(request, faults) is not { } document)
        {
            return (transactions, faults);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                Add(document.RootElement, transactions, faults, prefix: "");
                return (transactions, faults);
            }

            if (document.RootElement.GetArrayLength() is > BodyRules.MaxItems and var items)
            {
                faults.Add(TransactionFault.Of("$", $"an array of {items} items", $"at most {BodyRules.MaxItems} items"));
                return (transactions, faults);
            }

            var index = 0;
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (faults.Count >= BodyRules.MaxFaultyItems)
                {
                    break;
                }

                Add(item, transactions, faults, $"[{index++}].");
            }
        }

        return (transactions, faults);
    }

    /// <summary>Reads one line of NDJSON.</summary>
    public (Transaction? Transaction, List<TransactionFault> Faults) ReadLine(string line)
    {
        var faults = new List<TransactionFault>();
        try
        {
            using var document = JsonDocument.Parse(line);
            return (TransactionJson.Read(document.RootElement, tokeniser, time.GetUtcNow(), faults), faults);
        }
        catch (JsonException e)
        {
            faults.Add(TransactionFault.Of("$", line, $"a JSON object; {e.Message}"));
            return (null, faults);
        }
    }

    private void Add(JsonElement item, List<Transaction> transactions, List<TransactionFault> faults, string prefix)
    {
        var found = new List<TransactionFault>();
        if (TransactionJson.Read(item, tokeniser, time.GetUtcNow(), found) is { } transaction)
        {
            transactions.Add(transaction);
        }

        faults.AddRange(found.Select(fault => fault with { Field = prefix + fault.Field }));
    }

    private static async Task<JsonDocument?> ParseAsync(HttpRequest request, List<TransactionFault> faults)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException e)
        {
            faults.Add(TransactionFault.Of("$", "not JSON", $"a JSON body; {e.Message}"));
            return null;
        }
    }
}
