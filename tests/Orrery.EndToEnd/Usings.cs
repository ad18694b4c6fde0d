global using System.Text.Json.Nodes;
global using Orrery.EndToEnd.Fixtures;
global using Shouldly;
global using Xunit;
